#include "core/query/text_order.h"

#include <algorithm>
#include <string_view>

#include "core/base/text.h"
#include "core/query/fold.h"

namespace outpost {

namespace {

std::uint64_t prefix_of(std::string_view folded) {
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 8; ++i) prefix = prefix << 8 | (i < folded.size() ? static_cast<unsigned char>(folded[i]) : 0u);
    return prefix;
}

}  // namespace

void TextOrder::add(const TextColumn& column, RowIndex row) {
    const std::string_view text = column.get(row);
    if (text.empty()) return;
    fold_to(FoldMode::Search, text, folded_);
    entries_.push_back({prefix_of(folded_), static_cast<std::uint32_t>(arena_.size()), static_cast<std::uint32_t>(folded_.size()), row});
    arena_ += folded_;
}

bool TextOrder::is_before(const Entry& a, const Entry& b, const TextColumn& column) const {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    int order = std::string_view(arena_.data() + a.offset, a.length).compare(std::string_view(arena_.data() + b.offset, b.length));
    if (order == 0) order = compare_text(column.get(a.row), column.get(b.row));
    return order != 0 ? order < 0 : a.row < b.row;
}

void TextOrder::sort_from(std::size_t first, const TextColumn& column) {
    std::sort(entries_.begin() + static_cast<std::ptrdiff_t>(first), entries_.end(), [&](const Entry& a, const Entry& b) { return is_before(a, b, column); });
}

std::vector<RowIndex> TextOrder::rows() const {
    std::vector<RowIndex> rows;
    rows.reserve(entries_.size());
    for (const Entry& entry : entries_) rows.push_back(entry.row);
    return rows;
}

bool TextOrder::step(const TextColumn& column, RowIndex rows) {
    if (next_ == column.size()) return merge(column, rows);
    const std::size_t first = entries_.size();
    for (const RowIndex end = std::min<RowIndex>(column.size(), next_ + rows); next_ < end; ++next_) add(column, next_);
    sort_from(first, column);
    ends_.push_back(entries_.size());
    return false;
}

bool TextOrder::merge(const TextColumn& column, std::size_t entries) {
    if (ends_.size() <= 1) return true;
    for (; entries > 0 && run_ < ends_.size(); --entries) {
        const std::size_t begin = run_ == 0 ? 0 : ends_[run_ - 1], middle = ends_[run_], end = run_ + 1 < ends_.size() ? ends_[run_ + 1] : middle;
        if (left_ == 0 && right_ == 0) left_ = begin, right_ = middle;
        if (left_ == middle && right_ == end) {
            merged_ends_.push_back(end);
            run_ += 2;
            left_ = right_ = 0;
            continue;
        }
        const bool takes_right = left_ == middle || (right_ != end && is_before(entries_[right_], entries_[left_], column));
        merged_.push_back(entries_[takes_right ? right_++ : left_++]);
    }
    if (run_ < ends_.size()) return false;
    entries_.swap(merged_);
    ends_.swap(merged_ends_);
    merged_.clear();
    merged_ends_.clear();
    run_ = 0;
    return ends_.size() <= 1;
}

}  // namespace outpost
