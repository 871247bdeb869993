-- Only whoever migrates needs to know what was applied.
revoke all on signalbox_migrations from signalbox_app, signalbox_system;
