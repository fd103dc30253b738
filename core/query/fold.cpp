#include "core/query/fold.h"

#include <array>
#include <cstring>
#include <memory>

#include "core/base/text.h"
#include "core/base/utf8.h"

namespace outpost {

namespace {

struct Folded {
    std::uint8_t length = 0;
    char bytes[15] = {};
};

struct Page {
    std::array<Folded, 256> folded;
};

// Code points of the first two planes by page of 256; beyond them nothing folds often enough to keep.
class FoldTable {
public:
    explicit FoldTable(FoldMode mode) : mode_(mode) {}

    const Folded& of(char32_t code) {
        std::unique_ptr<Page>& page = pages_[(code >> 8) & 0x1FF];
        if (!page) page = fill(code & ~char32_t{0xFF});
        return page->folded[code & 0xFF];
    }

private:
    std::unique_ptr<Page> fill(char32_t first) const {
        auto page = std::make_unique<Page>();
        for (char32_t i = 0; i < 256; ++i) {
            Folded& folded = page->folded[i];
            const char32_t code = first + i;
            char bytes[4];
            const std::size_t length = utf8::encode(code, bytes);
            const std::string_view own(bytes, length);
            const std::string text = utf8::is_surrogate(code) ? std::string(own) : mode_ == FoldMode::Case ? fold_case(own) : fold_search(own);
            const std::string_view kept = text.size() <= sizeof folded.bytes ? std::string_view(text) : own;
            folded.length = static_cast<std::uint8_t>(kept.size());
            std::memcpy(folded.bytes, kept.data(), kept.size());
        }
        return page;
    }

    FoldMode mode_;
    std::array<std::unique_ptr<Page>, 512> pages_;
};

FoldTable& table_of(FoldMode mode) {
    static FoldTable by_case(FoldMode::Case), by_search(FoldMode::Search);
    return mode == FoldMode::Case ? by_case : by_search;
}

template <typename Action>
void for_each_beyond_ascii(std::string_view text, Action action) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        const auto [code, length] = utf8::read(text, at);
        if (!action(code, text.substr(at, length))) return;
        at += length;
    }
}

std::string_view folded_of(FoldMode mode, char32_t code, std::string_view own, std::string& scratch) {
    if (code < 0x20000) {
        const Folded& folded = table_of(mode).of(code);
        return {folded.bytes, folded.length};
    }
    scratch = mode == FoldMode::Case ? fold_case(own) : fold_search(own);
    return scratch;
}

}  // namespace

void fold_to(FoldMode mode, std::string_view text, std::string& out) {
    // Three bytes may become fifteen; room for the usual case is made at once, for the rest as it comes.
    if (out.size() < text.size() + 16) out.resize(text.size() + 64);
    std::size_t end = 0;
    std::string scratch;
    for (std::size_t at = 0; at < text.size();) {
        if (out.size() < end + (text.size() - at) + 16) out.resize(out.size() * 2 + 64);
        const char c = text[at];
        if (static_cast<unsigned char>(c) < 0x80) {
            out[end++] = lower_ascii(c);
            ++at;
            continue;
        }
        const auto [code, length] = utf8::read(text, at);
        const std::string_view folded = folded_of(mode, code, text.substr(at, length), scratch);
        std::memcpy(out.data() + end, folded.data(), folded.size());
        end += folded.size();
        at += length;
    }
    out.resize(end);
}

std::string fold_text(FoldMode mode, std::string_view text) {
    std::string out;
    fold_to(mode, text, out);
    return out;
}

bool folds_beyond_ascii(FoldMode mode, std::string_view text) {
    bool found = false;
    std::string scratch;
    for_each_beyond_ascii(text, [&](char32_t code, std::string_view own) {
        found = folded_of(mode, code, own, scratch) != own;
        return !found;
    });
    return found;
}

void digits_to(std::string_view text, std::string& out) {
    out.clear();
    for (const char c : text) {
        if (c >= '0' && c <= '9') out += c;
    }
}

bool has_accents(std::string_view text) {
    bool found = false;
    std::string by_case, by_search;
    for_each_beyond_ascii(text, [&](char32_t code, std::string_view own) {
        if (code >= 0x2000) return true;
        fold_to(FoldMode::Case, own, by_case);
        fold_to(FoldMode::Search, own, by_search);
        found = by_case != by_search;
        return !found;
    });
    return found;
}

}  // namespace outpost
