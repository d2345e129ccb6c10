"""Parts of pages shared by all engines: colours, content security policy, finishing, the CMS."""
