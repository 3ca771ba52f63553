"""Reach the hosts of a cluster: the file that names them, certificates, questions over TLS, the scheduler of tasks."""
