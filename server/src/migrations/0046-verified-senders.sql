-- Whether it is proved that a letter comes from whom it names as its writer, and by what (docs/email.md); null: nobody looked. As JSON.
alter table emails add column verified boolean, add column authentication jsonb;
