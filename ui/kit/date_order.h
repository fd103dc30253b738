// In which order days are written here, so that 12/1 is read alike wherever it is typed. Asked of the locale itself: what
// of a date it writes first. Called by: the kit's date fields, the quick log.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/date.h"
#include "core/transfer/value_text.h"

namespace outpost {

class Context;

namespace kit {

DateOrder date_order(Context& context);
// A day as it is typed here, in the order that an empty field shows; one such day, to show what is meant; and what is typed.
std::string day_in_digits(Context& context, Days day);
std::string date_example(Context& context);
std::optional<Days> parse_typed_day(Context& context, std::string_view typed);

}  // namespace kit
}  // namespace outpost
