"""Step 2: prepare the reception. The manager is told and reads the dossier, parts are checked, the order is stamped."""
