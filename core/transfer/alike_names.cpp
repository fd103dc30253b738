#include "core/transfer/alike_names.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/transfer/value_words.h"

namespace outpost {

namespace {

// Edits (insert, remove, replace, swap of neighbours) between two texts, up to `limit`, which is 2 at most; more is
// limit + 1. Looks only near the diagonal: place k of a row is that of the first j + k - limit characters of `a`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
    std::array<std::size_t, 5> before_last{}, last{}, row{};
    for (std::size_t k = 0; k <= 2 * limit; ++k) last[k] = k < limit ? limit + 1 : k - limit;
    for (std::size_t j = 1; j <= b.size(); ++j) {
        std::size_t best = limit + 1;
        for (std::size_t k = 0; k <= 2 * limit; ++k) {
            const std::size_t i = j + k < limit ? a.size() + 1 : j + k - limit;
            row[k] = limit + 1;
            if (i > a.size()) continue;
            if (i == 0) row[k] = j;
            else row[k] = last[k] + (a[i - 1] != b[j - 1]);
            if (k < 2 * limit) row[k] = std::min(row[k], last[k + 1] + 1);
            if (k > 0) row[k] = std::min(row[k], row[k - 1] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[k] = std::min(row[k], before_last[k] + 1);
            best = std::min(best, row[k]);
        }
        if (best > limit) return limit + 1;
        before_last = last;
        last = row;
    }
    return std::min(last[a.size() + limit - b.size()], limit + 1);
}

}  // namespace

struct AlikeNames::Best {
    const Entry* entry = nullptr;
    std::size_t distance = 0;
    bool several = false;
    void add(const Entry& other, std::size_t at) {
        if (entry && at > distance) return;
        several = entry && at == distance && (several || entry->name != other.name || entry->tag != other.tag);
        entry = &other;
        distance = at;
    }
};

void AlikeNames::add(std::string_view text, std::string_view name, std::uint32_t tag) { names_.push_back({fold_key(text), std::string(name), tag}); }

void AlikeNames::sort() {
    sort_stably(names_, [](const Entry& a, const Entry& b) { return a.key < b.key; });
    for (const Entry& entry : names_) shapes_.push_back(shape_of(entry.key));
}

AlikeNames::Hit AlikeNames::find(std::string_view text, bool may_differ) const {
    const std::string key = fold_key(text);
    Best best;
    for (auto same = std::ranges::lower_bound(names_, key, {}, &Entry::key); same != names_.end() && same->key == key && !key.empty(); ++same) best.add(*same, 0);
    const std::size_t limit = best.entry || !may_differ || key.size() < 5 ? 0 : key.size() < 9 ? 1 : 2;
    const Shape shape = shape_of(key);
    for (std::size_t i = 0; limit > 0 && i < names_.size(); ++i) {
        if (!shape.is_near(shapes_[i], limit)) continue;
        const std::size_t distance = edit_distance(names_[i].key, key, limit);
        if (distance <= limit) best.add(names_[i], distance);
    }
    if (!best.entry || best.several) return {};
    return {&best.entry->name, best.entry->tag, best.distance == 0};
}

bool AlikeNames::Shape::is_near(const Shape& other, std::size_t limit) const {
    const auto lacks = [](const Shape& a, const Shape& b) { return static_cast<std::size_t>(std::popcount(a.once & ~b.once) + std::popcount(a.twice & ~b.twice)); };
    return size <= other.size + limit && other.size <= size + limit && lacks(*this, other) <= limit && lacks(other, *this) <= limit;
}

AlikeNames::Shape AlikeNames::shape_of(std::string_view key) {
    Shape shape;
    shape.size = key.size();
    for (const char c : key) {
        const auto byte = static_cast<unsigned char>(c);
        const std::uint64_t bit = std::uint64_t{1} << (byte < 0x40 ? byte & 15u : byte < 0x80 ? 16u + (byte & 31u) : 48u + (byte & 15u));
        shape.twice |= shape.once & bit;
        shape.once |= bit;
    }
    return shape;
}

}  // namespace outpost
