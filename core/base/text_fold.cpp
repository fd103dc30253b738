#include "core/base/text_fold.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "core/base/utf8.h"

namespace outpost {

namespace {

#include <fold_tables.inc>  // made by the build

// Numbers of seven bits a byte, the lowest first.
struct TableReader {
    const unsigned char* at;

    std::uint32_t number() {
        std::uint32_t value = 0;
        for (int shift = 0;; shift += 7) {
            const unsigned char byte = *at++;
            value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
    }
    std::int32_t signed_number() {
        const std::uint32_t value = number();
        return value & 1 ? -static_cast<std::int32_t>(value / 2) - 1 : static_cast<std::int32_t>(value / 2);
    }
};

// Entries sorted by code point, found by its block of 256.
class FoldTable {
public:
    explicit FoldTable(const unsigned char* bytes) {
        TableReader in{bytes};
        from_.resize(in.number());
        start_.resize(from_.size() + 1);
        std::uint32_t last = 0;
        for (char32_t& from : from_) from = last += in.number();
        for (std::size_t i = 0; i < from_.size(); ++i) start_[i + 1] = start_[i] + in.number();
        to_.resize(start_.back());
        std::int32_t distance = 0;
        for (std::size_t i = 0; i < from_.size(); ++i)
            if (start_[i] != start_[i + 1]) to_[start_[i]] = from_[i] + static_cast<std::uint32_t>(distance += in.signed_number());
        for (std::size_t i = 0; i < from_.size(); ++i)
            for (std::uint32_t at = start_[i] + 1; at < start_[i + 1]; ++at) to_[at] = to_[at - 1] + static_cast<std::uint32_t>(in.signed_number());
        std::size_t next = 0;
        for (std::size_t block = 0; block < blocks_.size(); ++block) {
            while (next < from_.size() && from_[next] >> 8 < block) ++next;
            blocks_[block] = static_cast<std::uint16_t>(next);
        }
    }

    // Whether it folds to something else than itself; `parts` then are what to.
    bool find(char32_t code_point, std::span<const char32_t>& parts) const {
        const std::size_t block = code_point >> 8;
        if (block + 1 >= blocks_.size()) return false;
        const auto begin = from_.begin() + blocks_[block], end = from_.begin() + blocks_[block + 1];
        const auto found = std::lower_bound(begin, end, code_point);
        if (found == end || *found != code_point) return false;
        const auto i = static_cast<std::size_t>(found - from_.begin());
        parts = std::span(to_).subspan(start_[i], start_[i + 1] - start_[i]);
        return true;
    }

private:
    std::vector<char32_t> from_, to_;
    std::vector<std::uint32_t> start_;         // of each one's parts in to_
    std::array<std::uint16_t, 0x1102> blocks_{};   // the first entry of each block
};

// Hangul syllables are taken apart by rule: The Unicode Standard, 3.12.
void append_syllable(std::string& out, char32_t code_point) {
    const char32_t index = code_point - 0xAC00;
    utf8::append(out, 0x1100 + index / 588);
    utf8::append(out, 0x1161 + index % 588 / 28);
    if (index % 28 != 0) utf8::append(out, 0x11A7 + index % 28);
}

}  // namespace

void append_folded(std::string& out, char32_t code_point, Fold fold) {
    static const FoldTable case_table(case_bytes), search_table(search_bytes);
    std::span<const char32_t> parts;
    if (fold == Fold::Search && code_point >= 0xAC00 && code_point <= 0xD7A3)
        append_syllable(out, code_point);
    else if ((fold == Fold::Search ? search_table : case_table).find(code_point, parts))
        for (char32_t part : parts) utf8::append(out, part);
    else
        utf8::append(out, code_point);
}

bool is_letter_or_number(char32_t code_point) {
    static const std::vector<char32_t> changes = [] {
        TableReader in{letter_bytes};
        std::vector<char32_t> out(in.number());
        char32_t last = 0;
        for (char32_t& change : out) change = last += in.number();
        return out;
    }();
    return (std::upper_bound(changes.begin(), changes.end(), code_point) - changes.begin()) % 2 == 1;
}

}  // namespace outpost
