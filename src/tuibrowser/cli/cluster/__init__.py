"""Serve a corpus that several hosts hold: the gateway, a host, the certificates of both."""
