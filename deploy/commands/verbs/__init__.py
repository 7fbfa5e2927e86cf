"""How each verb of `lianban` is typed. What it does stands in the module of its name, beside this folder."""
