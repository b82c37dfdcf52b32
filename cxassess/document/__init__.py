"""What was answered: one assessment, one JSON file, and how the work of several people becomes one."""
