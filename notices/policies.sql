-- The outbox: anyone signed in may queue work for a recipient; nobody reads the queue
-- but through the narrow functions that the sweep uses (definers.sql).
call access_owner.protect('notices_outbox', '');
call access_owner.protect('notices_reminder', '');
call access_owner.protect('notices_delivery', '');
call access_owner.open_table('notices_heartbeat', 'select', 'when background work last ran; says nothing of anybody');
