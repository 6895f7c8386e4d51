"""Programs beside the build: a server as hosts have it, and Lighthouse."""
