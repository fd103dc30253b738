#include "core/query/accumulator.h"

#include <algorithm>
#include <limits>
#include <tsl/robin_set.h>

#include "core/base/hash.h"
#include "core/query/access.h"
#include "core/query/filter.h"
#include "core/query/sort.h"

namespace outpost {

namespace {

using Wide = __int128;
constexpr Wide sum_most = static_cast<Wide>(1) << 62;  // that 64-bit sums may reach before they are put into the wide ones

Status append_counts(const std::vector<std::uint32_t>& counts, std::span<const GroupSize> groups, AggregateColumn& column) {
    for (const GroupSize& one : groups) column.numbers.push_back({one.group < counts.size() ? counts[one.group] : 0, 0});
    return {};
}

// COUNT(): the caller's own count of the group's rows.
class CountRows final : public Accumulator {
public:
    void add(const RowBlock&, const std::uint32_t*, std::uint32_t, std::uint32_t) override {}
    Status append(std::span<const GroupSize> groups, AggregateColumn& column) const override {
        for (const GroupSize& one : groups) column.numbers.push_back({one.rows, 0});
        return {};
    }
    bool save(std::vector<std::int64_t>&) const override { return true; }
};

// COUNT(field): rows whose byte is set.
class CountMarked final : public Accumulator {
public:
    explicit CountMarked(std::vector<std::uint8_t> marked) : marked_(std::move(marked)) {}
    void add(const RowBlock& block, const std::uint32_t* ids, std::uint32_t, std::uint32_t groups) override {
        if (counts_.size() < groups) counts_.resize(groups);
        for (std::uint32_t i = 0; i < block.count; ++i) counts_[ids[i]] += marked_[block.row(i)];
    }
    Status append(std::span<const GroupSize> groups, AggregateColumn& column) const override { return append_counts(counts_, groups, column); }

private:
    std::vector<std::uint8_t> marked_;  // by row
    std::vector<std::uint32_t> counts_;
};

class Sum final : public Accumulator {
public:
    Sum(std::span<const std::int64_t> values, std::vector<std::int64_t> gathered, std::uint8_t scale, bool average, std::string name)
        : values_(values), gathered_(std::move(gathered)), scale_(scale), average_(average), name_(std::move(name)) {}

    void add(const RowBlock& block, const std::uint32_t* ids, std::uint32_t at, std::uint32_t groups) override {
        if (groups > groups_) grow(groups);
        const std::int64_t* values = nullptr;
        if (!gathered_.empty()) {
            values = gathered_.data() + at;
        } else if (block.rows == nullptr) {
            values = values_.data() + block.first;
        } else {
            if (buffer_.size() < block.count) buffer_.resize(block.count);
            for (std::uint32_t i = 0; i < block.count; ++i) buffer_[i] = values_[block.rows[i]];
            values = buffer_.data();
        }
        add_values(values, ids, block.count);
    }

    Status append(std::span<const GroupSize> groups, AggregateColumn& column) const override {
        for (const auto [group, rows] : groups) {
            const std::uint32_t count = group < groups_ ? rows - nulls_[group] : 0;
            Decimal out{null_decimal, scale_};
            if (count != 0) {
                const Wide sum = wide_[group] + sums_[group] + sums_[groups_ + group];
                if (average_) {
                    out = average(sum, count);
                } else if (sum > std::numeric_limits<std::int64_t>::max() || sum <= std::numeric_limits<std::int64_t>::min()) {
                    return fail(ErrorCode::NumberOutsideValidRange, "error.query_sum_overflow", {name_});
                } else {
                    out.units = static_cast<std::int64_t>(sum);
                }
            }
            column.numbers.push_back(out);
        }
        return {};
    }

    // The sums of all groups, then, unless there are none, how many of each are null.
    bool save(std::vector<std::int64_t>& saved) const override {
        for (std::uint32_t group = 0; group < groups_; ++group) {
            if (wide_[group] != 0) return false;
            saved.push_back(sums_[group] + sums_[groups_ + group]);
        }
        if (std::any_of(nulls_.begin(), nulls_.end(), [](std::uint32_t nulls) { return nulls != 0; })) saved.insert(saved.end(), nulls_.begin(), nulls_.end());
        return true;
    }
    void add_saved(std::span<const std::int64_t> saved, std::uint32_t groups) override {
        if (groups > groups_) grow(groups);
        for (std::uint32_t group = 0; group < groups; ++group) wide_[group] += saved[group];
        for (std::size_t at = groups; at < saved.size(); ++at) nulls_[at - groups] += static_cast<std::uint32_t>(saved[at]);
    }

private:
    // As many places as fit, at most ten more than the field has; halves away from zero.
    Decimal average(Wide sum, std::uint32_t count) const {
        std::uint8_t more = static_cast<std::uint8_t>(std::min(18 - scale_, 10));
        constexpr Wide room = static_cast<Wide>(999'999'999'999'999'999);
        const Wide whole = (sum < 0 ? -sum : sum) / count;
        while (more > 0 && whole > room / power_of_ten(more)) --more;
        const Wide scaled = sum * power_of_ten(more);
        const Wide half = scaled < 0 ? -static_cast<Wide>(count) / 2 : static_cast<Wide>(count) / 2;
        return {static_cast<std::int64_t>((scaled + half) / count), static_cast<std::uint8_t>(scale_ + more)};
    }

    // Two copies of each group's sum by turns, so that a run of rows of one group doesn't wait on its own last addition.
    void grow(std::uint32_t groups) {
        std::vector<std::int64_t> sums(std::size_t{groups} * 2);
        for (std::uint32_t group = 0; group < groups_; ++group) {
            sums[group] = sums_[group];
            sums[std::size_t{groups} + group] = sums_[std::size_t{groups_} + group];
        }
        sums_ = std::move(sums);
        nulls_.resize(groups);
        wide_.resize(groups);
        groups_ = groups;
    }

    void add_values(const std::int64_t* values, const std::uint32_t* ids, std::uint32_t count) {
        // The high halves alone tell how large the values are, and whether one may be null: no value of 18 digits
        // comes near the smallest integer. Thirty-two bits wide, every SIMD can do it.
        std::uint32_t high_bits = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto high = static_cast<std::int32_t>(values[i] >> 32);
            high_bits |= static_cast<std::uint32_t>(high ^ (high >> 31));
        }
        const Wide bound = (static_cast<Wide>(high_bits) + 1) * (std::int64_t{1} << 32) * count;
        if (bound > sum_most) return add_carefully(values, ids, count);
        if (bound_ + bound > sum_most) spill();
        bound_ += bound;
        std::int64_t *even = sums_.data(), *odd = sums_.data() + groups_;
        std::uint32_t i = 0;
        for (; i + 2 <= count; i += 2) {
            even[ids[i]] += values[i];
            odd[ids[i + 1]] += values[i + 1];
        }
        if (i < count) even[ids[i]] += values[i];
    }

    // With nulls among them, or too large for 64 bits.
    void add_carefully(const std::int64_t* values, const std::uint32_t* ids, std::uint32_t count) {
        std::uint32_t high_bits = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto high = static_cast<std::int32_t>(values[i] >> 32);
            high_bits |= high == std::numeric_limits<std::int32_t>::min() ? 0 : static_cast<std::uint32_t>(high ^ (high >> 31));
        }
        const Wide bound = (static_cast<Wide>(high_bits) + 1) * (std::int64_t{1} << 32) * count;
        if (bound <= sum_most) {
            if (bound_ + bound > sum_most) spill();
            bound_ += bound;
            for (std::uint32_t i = 0; i < count; ++i) {
                const bool null = values[i] == null_decimal;
                nulls_[ids[i]] += null;
                sums_[ids[i]] += null ? 0 : values[i];
            }
            return;
        }
        for (std::uint32_t i = 0; i < count; ++i) {
            const bool null = values[i] == null_decimal;
            nulls_[ids[i]] += null;
            wide_[ids[i]] += null ? 0 : values[i];
        }
    }

    void spill() {
        for (std::uint32_t group = 0; group < groups_; ++group) {
            wide_[group] += static_cast<Wide>(sums_[group]) + sums_[groups_ + group];
            sums_[group] = sums_[groups_ + group] = 0;
        }
        bound_ = 0;
    }

    std::span<const std::int64_t> values_;
    std::vector<std::int64_t> gathered_, buffer_, sums_;
    std::vector<std::uint32_t> nulls_;
    std::vector<Wide> wide_;
    Wide bound_ = 0;                      // what the 64-bit sums can have reached at most
    std::uint32_t groups_ = 0;
    std::uint8_t scale_;
    bool average_;
    std::string name_;
};

// MIN and MAX of anything that sorts.
class Extreme final : public Accumulator {
public:
    Extreme(std::vector<std::uint64_t> places, Access access, bool largest) : places_(std::move(places)), access_(std::move(access)), largest_(largest) {}
    void add(const RowBlock& block, const std::uint32_t* ids, std::uint32_t at, std::uint32_t groups) override {
        if (best_.size() < groups) {
            best_.resize(groups, 0);
            rows_.resize(groups, no_row);
        }
        for (std::uint32_t i = 0; i < block.count; ++i) {
            const std::uint64_t place = places_[at + i];
            if (place == 0) continue;
            std::uint64_t& best = best_[ids[i]];
            if (best != 0 && (largest_ ? place <= best : place >= best)) continue;
            best = place;
            rows_[ids[i]] = block.row(i);
        }
    }
    Status append(std::span<const GroupSize> groups, AggregateColumn& column) const override {
        for (const auto [group, rows] : groups) {
            const bool found = group < rows_.size() && rows_[group] != no_row;
            if (found) column.words.push_back(access_.value(rows_[group]));
            column.codes.push_back(found ? static_cast<std::uint32_t>(column.words.size()) : 0);
        }
        return {};
    }

private:
    std::vector<std::uint64_t> places_;  // by position among the matched rows; 0 null
    Access access_;
    bool largest_;
    std::vector<std::uint64_t> best_;
    std::vector<RowIndex> rows_;
};

class Distinct final : public Accumulator {
public:
    explicit Distinct(std::unique_ptr<GroupKey> key) : key_(std::move(key)) {}
    void add(const RowBlock& block, const std::uint32_t* ids, std::uint32_t, std::uint32_t groups) override {
        if (counts_.size() < groups) counts_.resize(groups);
        codes_.assign(block.count, 0);
        key_->combine(block, codes_.data());
        for (std::uint32_t i = 0; i < block.count; ++i) {
            if (key_->is_null(codes_[i])) continue;
            if (seen_.insert(std::uint64_t{ids[i]} << 32 | codes_[i]).second) ++counts_[ids[i]];
        }
    }
    Status append(std::span<const GroupSize> groups, AggregateColumn& column) const override { return append_counts(counts_, groups, column); }

private:
    std::unique_ptr<GroupKey> key_;
    std::vector<std::uint32_t> codes_, counts_;
    tsl::robin_set<std::uint64_t, NumberHash> seen_;
};

}  // namespace

bool needs_rows(const Term& term, ObjectIndex object, const Records& records) {
    switch (term.aggregate) {
        case AggregateFunction::Min:
        case AggregateFunction::Max: return true;
        case AggregateFunction::Sum:
        case AggregateFunction::Avg: return !Access(term.path, object, records).direct();
        default: return false;
    }
}

namespace {

bool counts_all_rows(const Term& term) {
    return term.count_all || (term.path.lookups.empty() && (term.path.field == system_field::id || term.path.field == system_field::is_deleted));
}

}  // namespace

bool reads_own_field(const Term& term, ObjectIndex object, const Records& records) {
    switch (term.aggregate) {
        case AggregateFunction::Count: return counts_all_rows(term);
        case AggregateFunction::Sum:
        case AggregateFunction::Avg: {
            const Access access(term.path, object, records);
            return access.direct() && access.column().kind() == ColumnKind::Decimal;
        }
        default: return false;
    }
}

Result<std::unique_ptr<Accumulator>> make_accumulator(const Term& term, ObjectIndex object, const Records& records, const QueryContext& context,
                                                      const std::vector<RowIndex>& rows) {
    switch (term.aggregate) {
        case AggregateFunction::None:
        case AggregateFunction::Count: {
            if (counts_all_rows(term)) return std::make_unique<CountRows>();
            const RowIndex all = row_count(records, object);
            // A checkbox is null where its record isn't there, though a condition takes it for false.
            if (const Access access(term.path, object, records); access.kind() == ValueKind::Flag && !access.direct()) {
                std::vector<std::uint8_t> marked(all);
                for (RowIndex row = 0; row < all; ++row) marked[row] = access.holder(row) ? 1 : 0;
                return std::make_unique<CountMarked>(std::move(marked));
            }
            Condition not_null;
            not_null.kind = Condition::Kind::Compare;
            not_null.term.path = term.path;
            not_null.comparison = Comparison::NotEqual;
            not_null.literals.emplace_back();
            OUTPOST_TRY(const FilterPointer filter, compile_filter(not_null, object, records, context));
            return std::make_unique<CountMarked>(matching_bytes(*filter, all));
        }
        case AggregateFunction::CountDistinct:
            return std::make_unique<Distinct>(make_group_key(term, object, records, context));
        case AggregateFunction::Sum:
        case AggregateFunction::Avg: {
            const Access access(term.path, object, records);
            const bool average = term.aggregate == AggregateFunction::Avg;
            if (access.column().kind() != ColumnKind::Decimal) return std::make_unique<Sum>(std::span<const std::int64_t>(), std::vector<std::int64_t>(rows.size(), null_decimal), 0, average, term.path.text);
            const std::span<const std::int64_t> values = access.column().decimals();
            std::vector<std::int64_t> gathered;
            if (!access.direct()) {
                gathered.reserve(rows.size() + 1);
                for (const RowIndex row : rows) {
                    const RecordRef holder = access.holder(row);
                    gathered.push_back(holder ? values[holder.row] : null_decimal);
                }
                gathered.push_back(null_decimal);  // never empty: empty means the column itself
            }
            return std::make_unique<Sum>(values, std::move(gathered), access.field()->scale, average, term.path.text);
        }
        case AggregateFunction::Min:
        case AggregateFunction::Max: {
            OrderTerm order;
            order.term.path = term.path;
            std::vector<std::uint64_t> places = sort_keys(order, object, rows, records, context);
            return std::make_unique<Extreme>(std::move(places), Access(term.path, object, records), term.aggregate == AggregateFunction::Max);
        }
    }
    return std::make_unique<CountRows>();
}

}  // namespace outpost
