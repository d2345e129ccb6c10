"""The desk: review, editing and publishing in the browser, on the decisions of `workflow.review`."""
