"""统一身份认证: whoever a county's own provider of identities (OpenID Connect) knows signs in by it, once bound."""
