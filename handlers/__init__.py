"""The rooms where people are met: appointments, training, check-ins, crisis, caseload, preferences."""
