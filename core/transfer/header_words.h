// What a column's header says by its words of what may stand below it, beside what the values themselves show.
// Called by: inference, import plan.
#pragma once

#include <cstdint>
#include <string_view>

namespace outpost {

bool header_says_phone(std::string_view header);
bool header_says_id(std::string_view header);
bool header_says_money(std::string_view header);
bool header_says_date(std::string_view header);
// "Start Time", "From", "开始", of a folded header without the word for time.
bool says_begin(std::string_view key);
bool says_end(std::string_view key);
// Whether a header speaks of lines: then ascending numbers are those of the lines; "No." and "#" only where they count from 1.
enum class LineHeader : std::uint8_t { None, Perhaps, Surely };
LineHeader header_says_line(std::string_view header);

}  // namespace outpost
