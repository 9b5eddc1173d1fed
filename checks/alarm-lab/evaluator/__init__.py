"""Independent evaluator of CloudWatch alarms, written from AWS's documentation."""
