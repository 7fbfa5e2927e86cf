"""The county's year book (年鉴): what a year came to, chapter by chapter, as a page and as files."""
