-- Replies whose parent has not come: the parent asks for them by its Message-ID when it comes.
create index emails_awaiting on emails (workspace_id, (coalesce(in_reply_to, reference_ids[cardinality(reference_ids)])))
  where direction = 'in' and thread_id is null;
