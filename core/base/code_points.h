// A text letter by letter, for comparisons that count letters and not bytes.
// Called by: near_word, core/matching.
#pragma once

#include <string>
#include <string_view>

#include "core/base/utf8.h"

namespace outpost {

// Replaces `out`, so that it can be used again without new memory; `text` is valid UTF-8.
inline void read_code_points(std::string_view text, std::u32string& out) {
    out.clear();
    for (std::size_t at = 0; at < text.size();) {
        const utf8::CodePoint point = utf8::read(text, at);
        out += point.code;
        at += point.bytes;
    }
}

inline std::u32string code_points_of(std::string_view text) {
    std::u32string out;
    read_code_points(text, out);
    return out;
}

}  // namespace outpost
