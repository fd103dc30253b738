// The best hits of a search, no more than wanted: what can't get among them any more is turned away before its text is
// looked at. Order: how well it fits, converted leads later, by the name or by another field, the shorter text (the more
// of it was typed), the object, the row.
// Called by: global_search.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/query/global_search.h"

namespace outpost {

class BestHits {
public:
    explicit BestHits(std::size_t most) : most_(most) {}

    // Lower is better.
    static std::uint32_t rank_of(SearchFit fit, bool done, bool by_other_field, std::size_t length) {
        constexpr std::uint32_t length_most = (1u << 27) - 1;
        return static_cast<std::uint32_t>(fit) << 29 | static_cast<std::uint32_t>(done) << 28 | static_cast<std::uint32_t>(by_other_field) << 27 |
               static_cast<std::uint32_t>(std::min<std::size_t>(length, length_most));
    }

    bool takes(std::uint32_t rank, RecordRef record) const { return hits_.size() < most_ || is_before({rank, record, no_field}, hits_.front()); }
    void add(std::uint32_t rank, RecordRef record, FieldIndex field) {
        if (!takes(rank, record)) return;
        if (hits_.size() == most_) {
            std::pop_heap(hits_.begin(), hits_.end(), is_before);
            hits_.pop_back();
        }
        hits_.push_back({rank, record, field});
        std::push_heap(hits_.begin(), hits_.end(), is_before);
    }

    std::size_t size() const { return hits_.size(); }
    bool holds(RecordRef record) const { return std::ranges::find(hits_, record, &Hit::record) != hits_.end(); }
    // Nothing that fits less well than that can get in.
    bool is_settled(SearchFit fit) const { return hits_.size() == most_ && fit_of(hits_.front().rank) <= fit; }

    std::vector<SearchHit> take(std::size_t limit) {
        std::sort_heap(hits_.begin(), hits_.end(), is_before);
        std::vector<SearchHit> hits;
        for (const Hit& hit : hits_) {
            if (hits.size() < limit) hits.push_back({hit.record, hit.field, fit_of(hit.rank)});
        }
        return hits;
    }

private:
    struct Hit {
        std::uint32_t rank;
        RecordRef record;
        FieldIndex field;
    };
    static SearchFit fit_of(std::uint32_t rank) { return static_cast<SearchFit>(rank >> 29); }
    static bool is_before(const Hit& a, const Hit& b) {
        if (a.rank != b.rank) return a.rank < b.rank;
        if (a.record.object != b.record.object) return number(a.record.object) < number(b.record.object);
        return a.record.row < b.record.row;
    }

    std::size_t most_;
    std::vector<Hit> hits_;   // a heap, the worst one at its front
};

}  // namespace outpost
