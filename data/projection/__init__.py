"""The projection: changes in the operational database → dirty cells → measures → results → one published version."""
