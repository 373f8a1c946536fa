"""Files from outside are opened in processes of their own, one for each file, and never in the one that asks (§5.4).

`client.ask` is the door; `zygote` forks, `seal` closes the child in, `work` names what can be asked for. This floor
knows nothing of the house above it: the standard library and the decoders are all that it stands on.
"""
