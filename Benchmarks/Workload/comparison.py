"""Whether two results are the same, field by field."""
FIELDS = ["weekly_users", "monthly_users", "stickiness", "features", "error_rate", "open_tickets", "unpaid_invoices", "score"]
# Counts are equal or they are not; shares are computed in another order, and a score has nine decimals here.
TOLERANCE = {"stickiness": 1e-9, "error_rate": 1e-9, "score": 1e-6}


def differences(left, right):
    """What differs, as text; nothing when all accounts have the same in both."""
    found = [f"{name}: only in one of the two" for name in sorted(left.keys() ^ right.keys())]
    for name in sorted(left.keys() & right.keys()):
        for field, one, other in zip(FIELDS, left[name], right[name], strict=True):
            if one is None or not abs(one - other) <= TOLERANCE.get(field, 0):
                found.append(f"{name}, {field}: {one} and {other}")
    return found


def require_discernment(result):
    """A comparison that finds nothing must be able to find something."""
    name = next(iter(result))
    for place, field in enumerate(FIELDS):
        changed = dict(result)
        changed[name] = list(result[name])
        changed[name][place] += 2 * TOLERANCE.get(field, 0.5)
        assert len(differences(result, changed)) == 1, f"a changed {field} was not found"
