// What stands beside amounts for their currency: signs, short words and ISO 4217 codes.
// Called by: transfer (number texts).
#pragma once

#include <string_view>

namespace outpost {

// The sign, word or code with which the text begins or ends, the longest of them ("US$", "kr", "EUR"), as it is listed; "" none.
// It lives for ever.
std::string_view find_currency_sign(std::string_view text);

}  // namespace outpost
