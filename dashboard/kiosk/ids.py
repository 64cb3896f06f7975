"""Ids of the kiosk's components that the server writes to or hears from."""

ROOT = "kiosk"
BODY = "kiosk-body"
REQUEST = "kiosk-request"
