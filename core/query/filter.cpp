#include "core/query/filter.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/sort_stably.h"
#include "core/query/candidates.h"
#include "core/query/filter_leaves.h"

namespace outpost {

namespace {

class And final : public Filter {
public:
    explicit And(std::vector<FilterPointer> filters) : filters_(std::move(filters)) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        for (std::size_t i = 0; i < filters_.size(); ++i) {
            if (i > 0 && std::memchr(active, 1, count) == nullptr) return;
            filters_[i]->narrow(first, count, active);
        }
    }
    bool matches(RowIndex row) const override {
        return std::all_of(filters_.begin(), filters_.end(), [row](const FilterPointer& filter) { return filter->matches(row); });
    }
    std::uint32_t keep(RowIndex* rows, std::uint32_t count) const override {
        for (const FilterPointer& filter : filters_) count = filter->keep(rows, count);
        return count;
    }
    bool matches_null() const override {
        return std::all_of(filters_.begin(), filters_.end(), [](const FilterPointer& filter) { return filter->matches_null(); });
    }
    double cost() const override {
        double sum = 0;
        for (const FilterPointer& filter : filters_) sum += filter->cost();
        return sum;
    }

private:
    std::vector<FilterPointer> filters_;
};

class Or final : public Filter {
public:
    explicit Or(std::vector<FilterPointer> filters) : filters_(std::move(filters)) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        std::uint8_t matched[block_rows], now[block_rows];
        std::fill(matched, matched + count, std::uint8_t{0});
        for (const FilterPointer& filter : filters_) {
            std::memcpy(now, active, count);
            filter->narrow(first, count, now);
            // What matched needs no second look by a dearer condition.
            for (std::uint32_t i = 0; i < count; ++i) {
                matched[i] |= now[i];
                active[i] ^= now[i];
            }
        }
        std::memcpy(active, matched, count);
    }
    bool matches(RowIndex row) const override {
        return std::any_of(filters_.begin(), filters_.end(), [row](const FilterPointer& filter) { return filter->matches(row); });
    }
    bool matches_null() const override {
        return std::any_of(filters_.begin(), filters_.end(), [](const FilterPointer& filter) { return filter->matches_null(); });
    }
    double cost() const override {
        double sum = 0.1;
        for (const FilterPointer& filter : filters_) sum += filter->cost();
        return sum;
    }

private:
    std::vector<FilterPointer> filters_;
};

class Not final : public Filter {
public:
    explicit Not(FilterPointer filter) : filter_(std::move(filter)) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        std::uint8_t now[block_rows];
        std::memcpy(now, active, count);
        filter_->narrow(first, count, now);
        for (std::uint32_t i = 0; i < count; ++i) active[i] ^= now[i];
    }
    bool matches(RowIndex row) const override { return !filter_->matches(row); }
    bool matches_null() const override { return !filter_->matches_null(); }
    double cost() const override { return filter_->cost() + 0.05; }

private:
    FilterPointer filter_;
};

// A filter with what an index says of it.
class Indexed final : public Filter {
public:
    Indexed(FilterPointer filter, std::vector<RowIndex> candidates) : filter_(std::move(filter)), candidates_(std::move(candidates)) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override { filter_->narrow(first, count, active); }
    bool matches(RowIndex row) const override { return filter_->matches(row); }
    std::uint32_t keep(RowIndex* rows, std::uint32_t count) const override { return filter_->keep(rows, count); }
    bool matches_null() const override { return filter_->matches_null(); }
    double cost() const override { return filter_->cost(); }
    const std::vector<RowIndex>* candidates() const override { return &candidates_; }

private:
    FilterPointer filter_;
    std::vector<RowIndex> candidates_;
};

void sort_by_cost(std::vector<FilterPointer>& filters) {
    sort_stably(filters, [](const FilterPointer& a, const FilterPointer& b) { return a->cost() < b->cost(); });
}

template <typename Action>
void for_each_block(const Filter* filter, RowIndex rows, Action action) {
    std::uint8_t active[block_rows];
    for (RowIndex first = 0; first < rows; first += block_rows) {
        const std::uint32_t count = std::min(block_rows, rows - first);
        std::fill(active, active + count, std::uint8_t{1});
        if (filter != nullptr) filter->narrow(first, count, active);
        action(first, count, active);
    }
}

}  // namespace

FilterPointer make_and(std::vector<FilterPointer> filters) {
    if (filters.size() == 1) return std::move(filters[0]);
    sort_by_cost(filters);
    return std::make_unique<And>(std::move(filters));
}

FilterPointer make_or(std::vector<FilterPointer> filters) {
    if (filters.size() == 1) return std::move(filters[0]);
    sort_by_cost(filters);
    return std::make_unique<Or>(std::move(filters));
}

FilterPointer make_not(FilterPointer filter) { return std::make_unique<Not>(std::move(filter)); }

std::vector<RowIndex> matching_rows(const Filter* filter, RowIndex row_count) {
    std::vector<RowIndex> rows;
    if (const std::vector<RowIndex>* candidates = filter ? filter->candidates() : nullptr) {
        rows = *candidates;
        rows.resize(filter->keep(rows.data(), static_cast<std::uint32_t>(rows.size())));
        return rows;
    }
    RowIndex found[block_rows];
    for_each_block(filter, row_count, [&](RowIndex first, std::uint32_t count, const std::uint8_t* active) {
        std::uint32_t end = 0, i = 0;
        for (; i + 8 <= count; i += 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, active + i, sizeof eight);
            if (eight == 0) continue;
            for (std::uint32_t j = i; j < i + 8; ++j) {
                found[end] = first + j;
                end += active[j];
            }
        }
        for (; i < count; ++i) {
            found[end] = first + i;
            end += active[i];
        }
        rows.insert(rows.end(), found, found + end);
    });
    return rows;
}

std::uint32_t count_rows(const Filter* filter, RowIndex row_count) {
    if (filter == nullptr) return row_count;
    std::uint32_t total = 0;
    if (filter->candidates() != nullptr) return static_cast<std::uint32_t>(matching_rows(filter, row_count).size());
    for_each_block(filter, row_count, [&](RowIndex, std::uint32_t count, const std::uint8_t* active) {
        for (std::uint32_t i = 0; i < count; ++i) total += active[i];
    });
    return total;
}

std::vector<std::uint8_t> matching_bytes(const Filter& filter, RowIndex row_count) {
    std::vector<std::uint8_t> bytes(row_count);
    for_each_block(&filter, row_count, [&](RowIndex first, std::uint32_t count, const std::uint8_t* active) {
        std::memcpy(bytes.data() + first, active, count);
    });
    return bytes;
}

FilterPointer live_filter(const Table& table, bool all_rows) {
    if (table.live_count() == table.row_count()) return nullptr;
    return make_states(table.states(), true, all_rows);
}

Result<FilterPointer> compile_query_filter(const Query& query, const Records& records, const QueryContext& context) {
    std::vector<FilterPointer> filters;
    if (!records.has_table(query.object)) return make_constant(false);
    const Table& table = records.table(query.object);
    if (FilterPointer live = live_filter(table, query.all_rows)) filters.push_back(std::move(live));
    if (query.scope_mine) {
        const Field* owner = records.schema().object(query.object).find_field("OwnerId");
        if (owner != nullptr && table.column(owner->index).kind() == ColumnKind::Row) {
            std::vector<std::uint8_t> wanted(row_count(records, context.user.object), 0);
            if (context.user.row < wanted.size()) wanted[context.user.row] = 1;
            filters.push_back(make_rows(table.column(owner->index).rows(), std::move(wanted), false));
        } else if (owner != nullptr && owner->is_lookup()) {
            Condition mine;
            mine.kind = Condition::Kind::Compare;
            mine.term.path = {{}, owner->index, owner->name};
            mine.literals.emplace_back().value = context.user;
            OUTPOST_TRY(FilterPointer filter, compile_filter(mine, query.object, records, context));
            filters.push_back(std::move(filter));
        }
    }
    if (query.where) {
        OUTPOST_TRY(FilterPointer where, compile_filter(*query.where, query.object, records, context));
        filters.push_back(std::move(where));
    }
    if (filters.empty()) return FilterPointer();
    FilterPointer filter = make_and(std::move(filters));
    // The indexes know live rows only.
    if (query.where && !query.all_rows) {
        if (auto candidates = candidate_rows(*query.where, query.object, records, context)) filter = std::make_unique<Indexed>(std::move(filter), *std::move(candidates));
    }
    return filter;
}

}  // namespace outpost
