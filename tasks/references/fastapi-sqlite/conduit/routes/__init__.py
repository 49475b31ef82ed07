"""The endpoints, one router a subject."""
