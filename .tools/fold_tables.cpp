// Writes the tables that core/base/text_fold.cpp reads, out of utf8proc's: what a code point folds to, for case alone
// and for searching, and which code points are letters and numbers. A program of the build; see text_fold.cpp for the
// form. The library's own tables answer far more, and are a sixth of what a first visit would load.
#include <cstdint>
#include <cstdio>
#include <vector>

#include <utf8proc.h>

namespace {

struct Entry {
    std::uint32_t from;
    std::vector<std::uint32_t> to;
};

bool is_combining_accent(std::uint32_t c) {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
           (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

bool is_surrogate_or_syllable(std::uint32_t c) { return (c >= 0xD800 && c <= 0xDFFF) || (c >= 0xAC00 && c <= 0xD7A3); }

std::vector<Entry> entries(int options) {
    std::vector<Entry> out;
    for (std::uint32_t c = 0x80; c <= 0x10FFFF; ++c) {
        if (is_surrogate_or_syllable(c)) continue;
        utf8proc_int32_t parts[32];
        int boundary = 0;
        const utf8proc_ssize_t count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts, 32,
                                                               static_cast<utf8proc_option_t>(options), &boundary);
        if (count < 0 || count > 32) continue;
        Entry entry{c, {}};
        for (utf8proc_ssize_t i = 0; i < count; ++i) {
            const auto part = static_cast<std::uint32_t>(parts[i]);
            if (!(options & UTF8PROC_DECOMPOSE) || !is_combining_accent(part)) entry.to.push_back(part);
        }
        if (entry.to != std::vector<std::uint32_t>{c}) out.push_back(std::move(entry));
    }
    return out;
}

void put(std::uint32_t value) {
    for (; value >= 0x80; value >>= 7) std::printf("%u,", (value & 0x7F) | 0x80);
    std::printf("%u,", value);
}

void put_signed(std::int64_t value) { put(static_cast<std::uint32_t>(value < 0 ? -2 * value - 1 : 2 * value)); }

// Like goes beside like, so that it packs well: all gaps, all counts, all first parts, all other parts.
void put_entries(const char* name, const std::vector<Entry>& entries) {
    std::printf("constexpr unsigned char %s[] = {", name);
    put(static_cast<std::uint32_t>(entries.size()));
    std::uint32_t last = 0;
    for (const Entry& entry : entries) {
        put(entry.from - last);
        last = entry.from;
    }
    for (const Entry& entry : entries) put(static_cast<std::uint32_t>(entry.to.size()));
    std::int64_t last_distance = 0;
    for (const Entry& entry : entries) {
        if (entry.to.empty()) continue;
        const std::int64_t distance = static_cast<std::int64_t>(entry.to[0]) - entry.from;
        put_signed(distance - last_distance);
        last_distance = distance;
    }
    for (const Entry& entry : entries)
        for (std::size_t i = 1; i < entry.to.size(); ++i) put_signed(static_cast<std::int64_t>(entry.to[i]) - entry.to[i - 1]);
    std::printf("};\n");
}

// The code points at which being a letter or a number begins and ends, as distances.
void put_letters(const char* name) {
    std::vector<std::uint32_t> changes;
    bool inside = false;
    for (std::uint32_t c = 0x80; c <= 0x110000; ++c) {
        const utf8proc_category_t category = c <= 0x10FFFF ? utf8proc_category(static_cast<utf8proc_int32_t>(c)) : UTF8PROC_CATEGORY_CN;
        const bool is_inside = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
        if (is_inside != inside) changes.push_back(c);
        inside = is_inside;
    }
    std::printf("constexpr unsigned char %s[] = {", name);
    put(static_cast<std::uint32_t>(changes.size()));
    std::uint32_t last = 0;
    for (std::uint32_t change : changes) {
        put(change - last);
        last = change;
    }
    std::printf("};\n");
}

}  // namespace

int main() {
    put_entries("case_bytes", entries(UTF8PROC_CASEFOLD));
    put_entries("search_bytes", entries(UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT));
    put_letters("letter_bytes");
    return 0;
}
