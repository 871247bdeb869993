-- In which tasks, or comments on them, a file stands: whoever sees the task sees the file. Kept by the triggers below.
create table task_files (
  workspace_id bigint not null, file_id bigint not null, task_id bigint not null,
  comment_id bigint not null default 0, -- 0: in the task itself
  primary key (workspace_id, file_id, task_id, comment_id)
);
create index task_files_of on task_files (workspace_id, task_id, comment_id);
select signalbox_protect('task_files');

create function signalbox_keep_task_files() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from task_files where workspace_id = old.workspace_id and task_id = old.id and comment_id = 0;
  end if;
  if tg_op <> 'DELETE' then
    insert into task_files (workspace_id, file_id, task_id) select distinct new.workspace_id, f, new.id from unnest(new.file_ids) f;
  end if;
  return null;
end $$;
create trigger task_files after insert or delete or update of file_ids on tasks for each row execute function signalbox_keep_task_files();

-- Comments never change.
create function signalbox_keep_comment_files() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from task_files where workspace_id = old.workspace_id and task_id = old.task_id and comment_id = old.id;
  else
    insert into task_files (workspace_id, file_id, task_id, comment_id)
    select distinct new.workspace_id, f, new.task_id, new.id from unnest(new.file_ids) f;
  end if;
  return null;
end $$;
create trigger comment_files after insert or delete on task_comments for each row execute function signalbox_keep_comment_files();

alter table tasks no force row level security;
alter table task_comments no force row level security;
insert into task_files (workspace_id, file_id, task_id) select distinct t.workspace_id, f, t.id from tasks t, unnest(t.file_ids) f;
insert into task_files (workspace_id, file_id, task_id, comment_id)
  select distinct c.workspace_id, f, c.task_id, c.id from task_comments c, unnest(c.file_ids) f;
alter table tasks force row level security;
alter table task_comments force row level security;
