"""What services answer over HTTP: submissions, sign-in, forms, and who may ask."""
