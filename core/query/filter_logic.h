// Filter logic: how numbered conditions go together, as a person writes it: "1 AND (2 OR 3)". AND and OR side by side
// need brackets, as in SOQL; NOT stands before a number or a bracket.
// Invariant: what is joined is one SOQL condition that says what the logic says. Called by: ui (condition rows).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace outpost {

// "" joins them all by AND. Every condition must be used. Errors give the place in `logic`.
Result<std::string> join_conditions(std::string_view logic, std::span<const std::string> conditions);

}  // namespace outpost
