-- For how many days the line of a recording kept such when it came: what holds once the line is deleted.
alter table call_recordings add column keep_days int not null default 0;
update call_recordings r set keep_days = least((l.settings ->> 'keepRecordingsDays')::numeric, 36500)
from calls c join channels l on l.workspace_id = c.workspace_id and l.id = c.line_id
where c.workspace_id = r.workspace_id and c.id = r.call_id and jsonb_typeof(l.settings -> 'keepRecordingsDays') = 'number';
