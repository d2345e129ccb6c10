"""What every engine's pages have in common: colours, the content security policy, finishing, the files of the CMS."""
