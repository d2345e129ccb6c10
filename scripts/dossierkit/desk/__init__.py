"""The desk: an editor's day in the browser, on the decisions of `workflow.review` and the files beneath."""
