#include "core/objects/table.h"

#include <algorithm>

#include "core/base/result.h"

namespace outpost {

namespace {

constexpr std::uint64_t last_id(const RowIds::Run& run) { return run.first_id + run.count - 1; }

}  // namespace

// --- RowIds

RecordId RowIds::id_of(RowIndex row) const {
    OUTPOST_ASSERT(row < size_);
    auto after = std::upper_bound(by_row_.begin(), by_row_.end(), row,
                                  [](RowIndex at, const Run& run) { return at < run.first_row; });
    const Run& run = *(after - 1);
    return RecordId{run.first_id + (row - run.first_row)};
}

std::size_t RowIds::position_by_id(std::uint64_t id) const {
    auto after = std::upper_bound(by_id_.begin(), by_id_.end(), id, [this](std::uint64_t at, std::uint32_t index) {
        return at < by_row_[index].first_id;
    });
    return static_cast<std::size_t>(after - by_id_.begin());
}

std::optional<RowIndex> RowIds::find(RecordId id) const {
    const std::size_t position = position_by_id(id.bits);
    if (position == 0) return std::nullopt;
    const Run& run = by_row_[by_id_[position - 1]];
    if (id.bits > last_id(run)) return std::nullopt;
    return run.first_row + static_cast<RowIndex>(id.bits - run.first_id);
}

std::optional<RecordId> RowIds::last_before(RecordId limit) const {
    const std::size_t position = position_by_id(limit.bits);
    if (position == 0) return std::nullopt;
    const Run& run = by_row_[by_id_[position - 1]];
    return RecordId{std::min(last_id(run), limit.bits)};
}

bool RowIds::is_free(RecordId first, std::uint32_t count) const {
    if (count == 0) return true;
    const std::uint64_t last = first.bits + count - 1;
    const std::size_t position = position_by_id(last);
    return position == 0 || last_id(by_row_[by_id_[position - 1]]) < first.bits;
}

void RowIds::append(RecordId first, std::uint32_t count) {
    if (count == 0) return;
    OUTPOST_ASSERT(is_free(first, count));
    if (!by_row_.empty() && last_id(by_row_.back()) + 1 == first.bits) {
        by_row_.back().count += count;
    } else {
        const std::size_t position = position_by_id(first.bits);
        by_id_.insert(by_id_.begin() + static_cast<std::ptrdiff_t>(position), static_cast<std::uint32_t>(by_row_.size()));
        by_row_.push_back({first.bits, size_, count});
    }
    size_ += count;
}

void RowIds::truncate(RowIndex rows) {
    while (size_ > rows) {
        Run& run = by_row_.back();
        const std::uint32_t drop = std::min(size_ - rows, run.count);
        run.count -= drop;
        size_ -= drop;
        if (run.count == 0) {
            const auto index = static_cast<std::uint32_t>(by_row_.size() - 1);
            by_id_.erase(std::find(by_id_.begin(), by_id_.end(), index));
            by_row_.pop_back();
        }
    }
}

bool RowIds::assign(std::vector<Run> runs) {
    std::uint64_t rows = 0;
    for (const Run& run : runs) {
        if (run.first_row != rows || run.count == 0) return false;
        rows += run.count;
        if (rows >= no_row) return false;
    }
    std::vector<std::uint32_t> order(runs.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return runs[a].first_id < runs[b].first_id; });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (last_id(runs[order[i - 1]]) >= runs[order[i]].first_id) return false;
    by_row_ = std::move(runs);
    by_id_ = std::move(order);
    size_ = static_cast<RowIndex>(rows);
    return true;
}

// --- Table

const Column& Table::column(FieldIndex field) const {
    static const Column none;
    return number(field) < columns_.size() ? columns_[number(field)] : none;
}

std::uint64_t Table::column_revision(FieldIndex field) const {
    return number(field) < column_revisions_.size() ? column_revisions_[number(field)].latest : 0;
}

std::uint64_t Table::column_revision(FieldIndex field, RowIndex block) const {
    return number(field) < column_revisions_.size() ? column_revisions_[number(field)].of(block) : 0;
}

void Table::Revision::mark(std::span<const RowIndex> rows) {
    ++latest;
    for (const RowIndex row : rows) {
        const RowIndex block = row / revision_block_rows;
        if (block >= blocks.size()) blocks.resize(std::size_t{block} + 1);
        blocks[block] = latest;
    }
}

void Table::Revision::mark_from(RowIndex first, RowIndex end) {
    ++latest;
    const std::size_t begin = first / revision_block_rows;
    blocks.resize(std::max<std::size_t>(blocks.size(), (std::size_t{end} + revision_block_rows - 1) / revision_block_rows));
    std::fill(blocks.begin() + static_cast<std::ptrdiff_t>(std::min(begin, blocks.size())), blocks.end(), latest);
}

Column& Table::mutable_column(FieldIndex field) {
    OUTPOST_ASSERT(number(field) < columns_.size());
    column_revisions_[number(field)].mark();
    ++revision_;
    return columns_[number(field)];
}

Column& Table::mutable_column(FieldIndex field, std::span<const RowIndex> rows) {
    OUTPOST_ASSERT(number(field) < columns_.size());
    column_revisions_[number(field)].mark(rows);
    ++revision_;
    return columns_[number(field)];
}

Column& Table::mutable_column_from(FieldIndex field, RowIndex first) {
    OUTPOST_ASSERT(number(field) < columns_.size());
    column_revisions_[number(field)].mark_from(first, row_count());
    ++revision_;
    return columns_[number(field)];
}

void Table::add_column(FieldIndex field, ColumnKind kind) {
    if (number(field) >= columns_.size()) {
        columns_.resize(number(field) + 1u);
        column_revisions_.resize(columns_.size());
    }
    Column& column = columns_[number(field)];
    if (column.kind() == kind && (kind == ColumnKind::None || column.size() == row_count())) return;
    column = Column(kind);
    column.resize(row_count());
    column_revisions_[number(field)].mark();
    ++revision_;
}

RowIndex Table::append_rows(RecordId first_id, std::uint32_t count) {
    const RowIndex first = row_count();
    ids_.append(first_id, count);
    states_.resize(first + count, RowState::Live);
    live_count_ += count;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        columns_[i].resize(first + count);
        column_revisions_[i].mark_from(first, first + count);
    }
    states_revision_.mark_from(first, first + count);
    ++revision_;
    return first;
}

void Table::truncate_rows(RowIndex rows) {
    OUTPOST_ASSERT(rows <= row_count());
    for (RowIndex row = rows; row < row_count(); ++row)
        if (states_[row] == RowState::Live) --live_count_;
    ids_.truncate(rows);
    states_.resize(rows);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        columns_[i].resize(rows);
        column_revisions_[i].mark_from(rows, rows);
    }
    states_revision_.mark_from(rows, rows);
    ++revision_;
}

void Table::set_state(RowIndex row, RowState state) {
    OUTPOST_ASSERT(row < row_count());
    if (states_[row] == state) return;
    if (states_[row] == RowState::Live) --live_count_;
    if (state == RowState::Live) ++live_count_;
    states_[row] = state;
    states_revision_.mark({&row, 1});
    ++revision_;
}

void Table::recount_live() {
    live_count_ = static_cast<RowIndex>(std::count(states_.begin(), states_.end(), RowState::Live));
    states_revision_.mark();
    ++revision_;
}

std::size_t Table::bytes() const {
    std::size_t total = states_.capacity() + ids_.runs().size() * (sizeof(RowIds::Run) + 4);
    for (const Column& column : columns_) total += column.bytes();
    return total;
}

}  // namespace outpost
