// Value: one field's value outside of its column, as commands, forms and query rows carry it.
// Invariant: text is valid UTF-8 and never empty (an empty text is null, as in Salesforce).
// Called by: edit, query, transfer, ui.
#pragma once

#include <string>
#include <variant>

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/types.h"

namespace outpost {

struct DateValue {
    Days days = 0;
    bool operator==(const DateValue&) const = default;
};
struct InstantValue {
    Milliseconds milliseconds = 0;
    bool operator==(const InstantValue&) const = default;
};

// Picklists are their value's text, multi-select picklists "A;B" in the picklist's order, lookups a RecordRef.
using Value = std::variant<std::monostate, bool, Decimal, DateValue, InstantValue, std::string, RecordRef>;

inline bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

}  // namespace outpost
