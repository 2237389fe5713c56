-- The outbox: anyone signed in may queue work for a recipient; nobody reads the queue
-- but through the narrow functions that the sweep uses (definers.sql).
call access_owner.protect('notices_outbox', '');
call access_owner.protect('notices_reminder', '');
call access_owner.protect('notices_delivery', '');
call access_owner.open_table('notices_heartbeat', 'select', 'when background work last ran; says nothing of anybody');

-- --- What never changes (I24): whose a row is, what it belongs to, and what was written ---------

call access_owner.immutable('notices_outbox', '{recipient_id,unit,kind,subject}');
call access_owner.immutable('notices_reminder', '{recipient_id,digest_id,stage}');
call access_owner.immutable_but('notices_delivery', '{outbox_id,at}');
