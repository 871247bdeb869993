-- Which workspace mail of a domain belongs to: one over all workspaces (docs/adr/0021). A domain is lower case and ASCII, without a last dot.
create table mail_domains (
  workspace_id bigint not null references workspaces on delete cascade,
  domain text not null check (domain = lower(domain) and domain like '%_._%'),
  claimed_by text not null check (claimed_by in ('dns', 'operator', 'upgrade')), claimed_at timestamptz not null default now(),
  primary key (workspace_id, domain)
);
create unique index mail_domains_once on mail_domains (domain);

-- What a workspace has to put into the DNS to claim a domain, and what the last look for it found.
create table domain_proofs (
  workspace_id bigint not null references workspaces on delete cascade,
  domain text not null check (domain = lower(domain)), token text not null,
  created_at timestamptz not null default now(), checked_at timestamptz, problem text,
  primary key (workspace_id, domain)
);

select signalbox_protect('mail_domains', 'domain_proofs');

-- Whose a domain is, said to the transaction's workspace without naming another: `names` are the domain and those above it, of which the
-- nearest that is claimed counts. What nobody claimed is the first workspace's.
create function signalbox_domain_state(names text[]) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with here as (select nullif(current_setting('signalbox.workspace', true), '')::bigint as id),
    holder as (select m.workspace_id from mail_domains m where m.domain = any(names) order by length(m.domain) desc limit 1)
  select case
    when exists (select from holder) then case when (select workspace_id from holder) = (select id from here) then 'claimed' else 'foreign' end
    when (select id from here) = (select min(w.id) from workspaces w) then 'first'
    else 'unclaimed' end
$$;
revoke execute on function signalbox_domain_state(text[]) from public;
grant execute on function signalbox_domain_state(text[]) to signalbox_app;
grant create on schema public to signalbox_system;
alter function signalbox_domain_state(text[]) owner to signalbox_system;
revoke create on schema public from signalbox_system;

-- What one workspace alone has mailboxes at stays its own; providers whose addresses everybody may have are nobody's.
alter table channels no force row level security;
alter table workspaces no force row level security;
alter table mail_domains no force row level security;
insert into mail_domains (workspace_id, domain, claimed_by)
select min(m.workspace_id), m.domain, 'upgrade'
from (select workspace_id, split_part(lower(settings ->> 'address'), '@', 2) as domain from channels where kind = 'mailbox') m
where m.domain like '%_._%' and m.domain <> 'sandbox.test' and m.domain <> all (array[
  'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'icloud.com', 'me.com', 'aol.com',
  'gmx.com', 'gmx.net', 'gmx.de', 'web.de', 'mail.com', 'proton.me', 'protonmail.com', 'zoho.com', 'fastmail.com', 'yandex.com', 'mail.ru',
  'wp.pl', 'o2.pl', 'onet.pl', 'interia.pl', 'libero.it', 'tiscali.it', 'virgilio.it', 'uol.com.br', 'bol.com.br', 'terra.com.br', 'sapo.pt'])
group by m.domain
having count(distinct m.workspace_id) = 1 and min(m.workspace_id) <> (select min(id) from workspaces);
alter table mail_domains force row level security;
alter table workspaces force row level security;
alter table channels force row level security;
