// How values that aren't text look as text within the core: auto-numbers by their display format, and exact numbers
// brought to a field's scale. Called by: objects and edit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/objects/field.h"

namespace outpost {

// Whether a new auto-number field may have this format: one "{0…}" of one to ten zeros, and no other braces.
bool is_display_format(std::string_view format);
// "SV-{0000}" and 7 give "SV-0007"; a format without a {0..} part gets the number at its end.
std::string auto_number_text(const Field& field, std::int64_t number);
// The number that such a text holds, for look-ups by name.
std::optional<std::int64_t> parse_auto_number(const Field& field, std::string_view text);

// Units at that scale; the value must be a Decimal that fits (asserted).
std::int64_t units_at_scale(const Value& value, std::uint8_t scale);

// Any value as plain text: dates ISO 8601, numbers without trailing zeros, checkboxes true/false, null "". Lookups
// are "" here: Records::display_name knows names.
std::string plain_text(const Value& value);

}  // namespace outpost
