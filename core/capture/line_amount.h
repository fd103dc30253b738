// Sums of money in words, English and Chinese: "12k", "€1.2m", "12,000.50 CHF", "12万", "三万五", "1.5亿元".
// Called by: capture.
#pragma once

#include <optional>
#include <string>

#include "core/base/decimal.h"
#include "core/capture/line_tokens.h"

namespace outpost {

struct LineAmount {
    Decimal amount;
    std::vector<std::string> currencies;   // ISO 4217 codes that its sign may stand for; empty: none was written
    bool certain = false;                  // nothing but money: a currency, or thousands, millions
    std::size_t end = 0;
};

std::optional<LineAmount> amount_at(const Tokens& tokens, std::string_view line, std::size_t at);

}  // namespace outpost
