#include "core/query/filter_leaves.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace outpost {

namespace {

class Constant final : public Filter {
public:
    explicit Constant(bool matches) : matches_(matches) {}
    void narrow(RowIndex, std::uint32_t count, std::uint8_t* active) const override {
        if (!matches_) std::fill(active, active + count, std::uint8_t{0});
    }
    bool matches(RowIndex) const override { return matches_; }
    bool matches_null() const override { return matches_; }
    double cost() const override { return 0; }

private:
    bool matches_;
};

template <typename T>
class Range final : public Filter {
public:
    Range(std::span<const T> values, T lo, T hi, bool negate) : values_(values), lo_(lo), hi_(hi), negate_(negate) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        const T* values = values_.data() + first;
        const T lo = lo_, hi = hi_;
        if (negate_) {
            for (std::uint32_t i = 0; i < count; ++i) active[i] &= static_cast<std::uint8_t>((values[i] < lo) | (values[i] > hi));
        } else {
            for (std::uint32_t i = 0; i < count; ++i) active[i] &= static_cast<std::uint8_t>((values[i] >= lo) & (values[i] <= hi));
        }
    }
    bool matches(RowIndex row) const override { return (values_[row] >= lo_ && values_[row] <= hi_) != negate_; }
    std::uint32_t keep(RowIndex* rows, std::uint32_t count) const override { return keep_matching(*this, rows, count); }
    bool matches_null() const override { return (lo_ == std::numeric_limits<T>::min() && lo_ <= hi_) != negate_; }
    double cost() const override { return sizeof(T) * 0.05; }

private:
    std::span<const T> values_;
    T lo_, hi_;
    bool negate_;
};

class Int64Set final : public Filter {
public:
    Int64Set(std::span<const std::int64_t> values, std::vector<std::int64_t> wanted) : values_(values), wanted_(std::move(wanted)) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        for (std::uint32_t i = 0; i < count; ++i) active[i] = active[i] && matches(first + i);
    }
    bool matches(RowIndex row) const override { return std::binary_search(wanted_.begin(), wanted_.end(), values_[row]); }
    bool matches_null() const override { return std::binary_search(wanted_.begin(), wanted_.end(), null_decimal); }
    double cost() const override { return 6; }

private:
    std::span<const std::int64_t> values_;
    std::vector<std::int64_t> wanted_;
};

class Flags final : public Filter {
public:
    Flags(std::span<const std::uint8_t> values, bool wanted) : values_(values), wanted_(wanted) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        const std::uint8_t* values = values_.data() + first;
        const std::uint8_t other = wanted_ ? 0 : 1;
        for (std::uint32_t i = 0; i < count; ++i) active[i] &= static_cast<std::uint8_t>((values[i] != 0) != other);
    }
    bool matches(RowIndex row) const override { return (values_[row] != 0) == wanted_; }
    bool matches_null() const override { return !wanted_; }
    double cost() const override { return 0.05; }

private:
    std::span<const std::uint8_t> values_;
    bool wanted_;
};

class States final : public Filter {
public:
    States(std::span<const RowState> states, bool live, bool deleted) : states_(states), live_(live), deleted_(deleted) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        const RowState* states = states_.data() + first;
        const bool live = live_, deleted = deleted_;
        for (std::uint32_t i = 0; i < count; ++i) {
            active[i] &= static_cast<std::uint8_t>((live & (states[i] == RowState::Live)) | (deleted & is_in_bin(states[i])));
        }
    }
    bool matches(RowIndex row) const override { return (live_ && states_[row] == RowState::Live) || (deleted_ && is_in_bin(states_[row])); }
    bool matches_null() const override { return live_; }
    double cost() const override { return 0.01; }

private:
    std::span<const RowState> states_;
    bool live_, deleted_;
};

class Codes final : public Filter {
public:
    Codes(std::span<const std::uint16_t> codes, std::vector<std::uint8_t> wanted) : codes_(codes), wanted_(std::move(wanted)) {
        if (wanted_.empty()) wanted_.push_back(0);
        for (std::size_t code = 0; code < wanted_.size(); ++code) {
            if (wanted_[code] == 0) continue;
            if (few_count_ < few_.size()) few_[few_count_] = static_cast<std::uint16_t>(code);
            ++few_count_;
        }
        // Comparisons against a fixed number of codes make a straight loop; spare places repeat a wanted code.
        for (std::size_t i = few_count_; i > 0 && i < few_.size(); ++i) few_[i] = few_[0];
    }
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        const std::uint16_t* codes = codes_.data() + first;
        if (few_count_ == 0) {
            std::fill(active, active + count, std::uint8_t{0});
        } else if (few_count_ == 1) {
            const std::uint16_t a = few_[0];
            for (std::uint32_t i = 0; i < count; ++i) active[i] &= static_cast<std::uint8_t>(codes[i] == a);
        } else if (few_count_ <= few_.size()) {
            const std::uint16_t a = few_[0], b = few_[1], c = few_[2], d = few_[3];
            for (std::uint32_t i = 0; i < count; ++i) {
                active[i] &= static_cast<std::uint8_t>((codes[i] == a) | (codes[i] == b) | (codes[i] == c) | (codes[i] == d));
            }
        } else {
            const std::uint8_t* wanted = wanted_.data();
            const std::size_t size = wanted_.size();
            for (std::uint32_t i = 0; i < count; ++i) active[i] &= codes[i] < size ? wanted[codes[i]] : std::uint8_t{0};
        }
    }
    bool matches(RowIndex row) const override { return codes_[row] < wanted_.size() && wanted_[codes_[row]] != 0; }
    std::uint32_t keep(RowIndex* rows, std::uint32_t count) const override { return keep_matching(*this, rows, count); }
    bool matches_null() const override { return wanted_[0] != 0; }
    double cost() const override { return few_count_ <= few_.size() ? 0.1 : 0.7; }

private:
    std::span<const std::uint16_t> codes_;
    std::vector<std::uint8_t> wanted_;
    std::array<std::uint16_t, 4> few_{};
    std::size_t few_count_ = 0;
};

class Rows final : public Filter {
public:
    Rows(std::span<const std::uint32_t> rows, std::vector<std::uint8_t> wanted, bool on_null) : rows_(rows), wanted_(std::move(wanted)), on_null_(on_null) {
        std::size_t ones = 0;
        for (std::size_t row = 0; row < wanted_.size(); ++row) {
            if (wanted_[row] == 0) continue;
            ++ones;
            single_ = static_cast<std::uint32_t>(row);
        }
        // One record, or all but empty ones and none: comparisons do.
        if (ones == 1 && !on_null) shape_ = Shape::Single;
        if (ones == 0 && !on_null) shape_ = Shape::Nothing;
        if (ones == 0 && on_null) shape_ = Shape::NullOnly;
    }
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        const std::uint32_t* rows = rows_.data() + first;
        const auto size = static_cast<std::uint32_t>(wanted_.size());
        switch (shape_) {
            case Shape::Nothing: std::fill(active, active + count, std::uint8_t{0}); return;
            case Shape::Single: {
                const std::uint32_t single = single_;
                for (std::uint32_t i = 0; i < count; ++i) active[i] &= static_cast<std::uint8_t>(rows[i] == single);
                return;
            }
            case Shape::NullOnly:
                for (std::uint32_t i = 0; i < count; ++i) active[i] &= static_cast<std::uint8_t>(rows[i] == no_row);
                return;
            case Shape::Table: {
                const std::uint8_t* wanted = wanted_.data();
                const std::uint8_t on_null = on_null_ ? 1 : 0;
                for (std::uint32_t i = 0; i < count; ++i) active[i] &= rows[i] < size ? wanted[rows[i]] : on_null;
                return;
            }
        }
    }
    bool matches(RowIndex row) const override {
        if (rows_[row] == no_row) return on_null_;
        return rows_[row] < wanted_.size() && wanted_[rows_[row]] != 0;
    }
    std::uint32_t keep(RowIndex* rows, std::uint32_t count) const override { return keep_matching(*this, rows, count); }
    bool matches_null() const override { return on_null_; }
    double cost() const override { return shape_ == Shape::Table ? 0.8 : 0.2; }

private:
    enum class Shape : std::uint8_t { Table, Single, Nothing, NullOnly } shape_ = Shape::Table;
    std::span<const std::uint32_t> rows_;
    std::vector<std::uint8_t> wanted_;
    bool on_null_;
    std::uint32_t single_ = 0;
};

class Refs final : public Filter {
public:
    using Wanted = std::vector<std::pair<ObjectIndex, std::vector<std::uint8_t>>>;
    Refs(std::span<const RecordRef> refs, Wanted wanted, bool on_null) : refs_(refs), wanted_(std::move(wanted)), on_null_(on_null) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        for (std::uint32_t i = 0; i < count; ++i) active[i] = active[i] && matches(first + i);
    }
    bool matches(RowIndex row) const override {
        const RecordRef ref = refs_[row];
        if (!ref) return on_null_;
        for (const auto& [object, wanted] : wanted_) {
            if (object == ref.object) return ref.row < wanted.size() ? wanted[ref.row] != 0 : on_null_;
        }
        return on_null_;
    }
    bool matches_null() const override { return on_null_; }
    double cost() const override { return 3; }

private:
    std::span<const RecordRef> refs_;
    Wanted wanted_;
    bool on_null_;
};

class DayTable final : public Filter {
public:
    DayTable(std::span<const std::int32_t> days, std::int32_t first, std::vector<std::uint8_t> wanted, bool on_null)
        : days_(days), first_(first), wanted_(std::move(wanted)), on_null_(on_null) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        for (std::uint32_t i = 0; i < count; ++i) active[i] &= static_cast<std::uint8_t>(matches(first + i));
    }
    bool matches(RowIndex row) const override {
        if (days_[row] == null_day) return on_null_;
        const std::int64_t at = std::int64_t{days_[row]} - first_;
        return at >= 0 && at < static_cast<std::int64_t>(wanted_.size()) && wanted_[static_cast<std::size_t>(at)] != 0;
    }
    bool matches_null() const override { return on_null_; }
    double cost() const override { return 0.9; }

private:
    std::span<const std::int32_t> days_;
    std::int32_t first_;
    std::vector<std::uint8_t> wanted_;
    bool on_null_;
};

class OwnRows final : public Filter {
public:
    OwnRows(std::vector<std::uint8_t> wanted, bool on_null) : wanted_(std::move(wanted)), on_null_(on_null) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        for (std::uint32_t i = 0; i < count; ++i) active[i] &= first + i < wanted_.size() ? wanted_[first + i] : std::uint8_t{0};
    }
    bool matches(RowIndex row) const override { return row < wanted_.size() && wanted_[row] != 0; }
    bool matches_null() const override { return on_null_; }
    double cost() const override { return 0.05; }

private:
    std::vector<std::uint8_t> wanted_;
    bool on_null_;
};

class Text final : public Filter {
public:
    Text(const TextColumn& column, TextMatch match, const TextIndex* index, bool on_null)
        : column_(column), match_(std::move(match)), index_(index), on_null_(on_null) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        if (index_ != nullptr && match_.uses_signature()) return narrow_by_index(first, count, active);
        for (std::uint32_t i = 0; i < count; ++i) {
            if (active[i] != 0) active[i] = matches(first + i);
        }
    }
    bool matches(RowIndex row) const override {
        const std::string_view text = column_.get(row);
        if (text.empty()) return on_null_;
        return match_.matches(text, index_ != nullptr && index_->is_plain(row, match_.mode()), column_.bytes_after(row));
    }
    bool matches_null() const override { return on_null_; }
    double cost() const override { return index_ != nullptr && match_.uses_signature() ? 2 : 60; }

private:
    // Only rows whose signature fits are looked at.
    void narrow_by_index(RowIndex first, std::uint32_t count, std::uint8_t* active) const {
        constexpr std::uint32_t rows_a_word = TextIndex::rows_a_word;
        std::array<std::uint64_t, block_rows / rows_a_word + 1> words;
        const std::uint32_t skipped = first % rows_a_word;
        index_->find_candidates(match_.signature(), first / rows_a_word, std::span(words).first((skipped + count + rows_a_word - 1) / rows_a_word));
        if (match_.is_settled_by_signature()) {
            for (std::uint32_t i = 0; i < count; ++i) active[i] &= static_cast<std::uint8_t>(words[(skipped + i) / rows_a_word] >> ((skipped + i) % rows_a_word) & 1);
            return;
        }
        std::array<std::uint8_t, block_rows> kept;
        std::fill_n(kept.begin(), count, std::uint8_t{0});
        for (std::uint32_t word = 0; word * rows_a_word < skipped + count; ++word) {
            for (std::uint64_t bits = words[word]; bits != 0; bits &= bits - 1) {
                const std::uint32_t at = word * rows_a_word + static_cast<std::uint32_t>(std::countr_zero(bits));
                if (at < skipped || at >= skipped + count) continue;
                const std::uint32_t i = at - skipped;
                if (active[i] != 0) kept[i] = matches(first + i);
            }
        }
        std::copy_n(kept.begin(), count, active);
    }

    const TextColumn& column_;
    TextMatch match_;
    const TextIndex* index_;
    bool on_null_;
};

class Test final : public Filter {
public:
    Test(std::shared_ptr<void> state, RowTest test, bool on_null, double cost) : state_(std::move(state)), test_(test), on_null_(on_null), cost_(cost) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        for (std::uint32_t i = 0; i < count; ++i) active[i] = active[i] && test_(state_.get(), first + i);
    }
    bool matches(RowIndex row) const override { return test_(state_.get(), row); }
    bool matches_null() const override { return on_null_; }
    double cost() const override { return cost_; }

private:
    std::shared_ptr<void> state_;
    RowTest test_;
    bool on_null_;
    double cost_;
};

class ThroughRows final : public Filter {
public:
    ThroughRows(std::span<const std::uint32_t> rows, std::shared_ptr<Filter> parent) : rows_(rows), parent_(std::move(parent)) {}
    void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const override {
        for (std::uint32_t i = 0; i < count; ++i) active[i] = active[i] && matches(first + i);
    }
    bool matches(RowIndex row) const override { return rows_[row] != no_row ? parent_->matches(rows_[row]) : parent_->matches_null(); }
    bool matches_null() const override { return parent_->matches_null(); }
    double cost() const override { return 3 + parent_->cost(); }

private:
    std::span<const std::uint32_t> rows_;
    std::shared_ptr<Filter> parent_;
};

}  // namespace

FilterPointer make_constant(bool matches) { return std::make_unique<Constant>(matches); }
FilterPointer make_int64_range(std::span<const std::int64_t> values, std::int64_t lo, std::int64_t hi, bool negate) {
    return std::make_unique<Range<std::int64_t>>(values, lo, hi, negate);
}
FilterPointer make_day_range(std::span<const std::int32_t> values, std::int32_t lo, std::int32_t hi, bool negate) {
    return std::make_unique<Range<std::int32_t>>(values, lo, hi, negate);
}
FilterPointer make_int64_set(std::span<const std::int64_t> values, std::vector<std::int64_t> wanted) { return std::make_unique<Int64Set>(values, std::move(wanted)); }
FilterPointer make_flags(std::span<const std::uint8_t> values, bool wanted) { return std::make_unique<Flags>(values, wanted); }
FilterPointer make_states(std::span<const RowState> states, bool live, bool deleted) { return std::make_unique<States>(states, live, deleted); }
FilterPointer make_codes(std::span<const std::uint16_t> codes, std::vector<std::uint8_t> wanted) { return std::make_unique<Codes>(codes, std::move(wanted)); }
FilterPointer make_rows(std::span<const std::uint32_t> rows, std::vector<std::uint8_t> wanted, bool on_null) {
    return std::make_unique<Rows>(rows, std::move(wanted), on_null);
}
FilterPointer make_refs(std::span<const RecordRef> refs, std::vector<std::pair<ObjectIndex, std::vector<std::uint8_t>>> wanted, bool on_null) {
    return std::make_unique<Refs>(refs, std::move(wanted), on_null);
}
FilterPointer make_day_table(std::span<const std::int32_t> days, std::int32_t first, std::vector<std::uint8_t> wanted, bool on_null) {
    return std::make_unique<DayTable>(days, first, std::move(wanted), on_null);
}
FilterPointer make_own_rows(std::vector<std::uint8_t> wanted, bool on_null) { return std::make_unique<OwnRows>(std::move(wanted), on_null); }
FilterPointer make_text(const TextColumn& column, TextMatch match, const TextIndex* index, bool on_null) {
    return std::make_unique<Text>(column, std::move(match), index, on_null);
}
FilterPointer make_row_test(std::shared_ptr<void> state, RowTest test, bool on_null, double cost) {
    return std::make_unique<Test>(std::move(state), test, on_null, cost);
}
FilterPointer make_through_rows(std::span<const std::uint32_t> rows, std::shared_ptr<Filter> parent) {
    return std::make_unique<ThroughRows>(rows, std::move(parent));
}

}  // namespace outpost
