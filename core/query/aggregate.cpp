// run_aggregate: rows to groups by mixed-radix codes (a plain array while it stays small, a hash map else), then HAVING,
// order and limit over the groups. ROLLUP and CUBE run once for each set of grouped fields.
#include <algorithm>
#include <numeric>
#include <tsl/robin_map.h>

#include "core/base/hash.h"
#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/query/accumulator.h"
#include "core/query/access.h"
#include "core/query/filter.h"
#include "core/query/group_condition.h"
#include "core/query/group_key.h"
#include "core/query/kept_groups.h"

namespace outpost {

namespace {

constexpr std::uint32_t no_code = 0xFFFF'FFFFu;
constexpr std::uint64_t dense_groups_max = 1u << 16;
constexpr std::size_t kept_numbers_max = 1u << 17;   // counts and sums of all blocks of a question

// Group ids of rows: dense while the product of cardinalities is small.
class Grouper {
public:
    Grouper(std::vector<const GroupKey*> keys, std::vector<std::unique_ptr<GroupKey>>& owned) : keys_(std::move(keys)) {
        std::uint64_t product = 1;
        for (const GroupKey* key : keys_) product = std::min<std::uint64_t>(product * key->cardinality(), ~std::uint32_t{0});
        dense_ = product <= dense_groups_max;
        groups_ = dense_ ? static_cast<std::uint32_t>(product) : 0;
        if (dense_) {
            fuse(owned);
        } else {
            stages_.resize(keys_.size());
        }
    }

    void assign(const RowBlock& block, std::uint32_t* ids) {
        std::fill(ids, ids + block.count, 0u);
        if (dense_) {
            for (const GroupKey* key : readers_) key->combine(block, ids);
            count(block.count, ids);
            return;
        }
        codes_.resize(block.count);
        for (std::size_t k = 0; k < keys_.size(); ++k) {
            std::fill(codes_.begin(), codes_.end(), 0u);
            keys_[k]->combine(block, codes_.data());
            Stage& stage = stages_[k];
            for (std::uint32_t i = 0; i < block.count; ++i) {
                const std::uint64_t pair = std::uint64_t{ids[i]} << 32 | codes_[i];
                const auto [at, is_new] = stage.ids.insert({pair, static_cast<std::uint32_t>(stage.pairs.size())});
                if (is_new) stage.pairs.push_back(pair);
                ids[i] = at->second;
            }
        }
        groups_ = static_cast<std::uint32_t>(stages_.back().pairs.size());
        count(block.count, ids);
    }

    std::uint32_t size() const { return groups_; }
    bool dense() const { return dense_; }
    // The rows of each group, which start again from none; and such counts added.
    std::vector<std::uint32_t> take_counts() {
        std::vector<std::uint32_t> taken(groups_);
        for (std::uint32_t group = 0; group < groups_; ++group) taken[group] = rows_of(group);
        for (std::vector<std::uint32_t>& counts : counts_) std::fill(counts.begin(), counts.end(), 0u);
        return taken;
    }
    void add_counts(const std::vector<std::uint32_t>& counts) {
        for (std::vector<std::uint32_t>& own : counts_) own.resize(groups_);
        for (std::size_t group = 0; group < counts.size(); ++group) counts_[0][group] += counts[group];
    }
    std::uint32_t rows_of(std::uint32_t group) const { return group < counts_[0].size() ? counts_[0][group] + counts_[1][group] : 0; }
    // Code of each key, into codes[places[k]].
    void read_codes(std::uint32_t group, std::span<const std::size_t> places, std::uint32_t* codes) const {
        for (std::size_t k = keys_.size(); k-- > 0;) {
            if (dense_) {
                codes[places[k]] = group % keys_[k]->cardinality();
                group /= keys_[k]->cardinality();
            } else {
                const std::uint64_t pair = stages_[k].pairs[group];
                codes[places[k]] = static_cast<std::uint32_t>(pair);
                group = static_cast<std::uint32_t>(pair >> 32);
            }
        }
    }

private:
    // By turns in two copies, so that a run of rows of one group doesn't wait on its own last addition.
    void count(std::uint32_t rows, const std::uint32_t* ids) {
        if (counts_[0].size() < groups_) {
            counts_[0].resize(groups_);
            counts_[1].resize(groups_);
        }
        std::uint32_t *even = counts_[0].data(), *odd = counts_[1].data(), i = 0;
        for (; i + 2 <= rows; i += 2) {
            ++even[ids[i]];
            ++odd[ids[i + 1]];
        }
        if (i < rows) ++even[ids[i]];
    }

    void fuse(std::vector<std::unique_ptr<GroupKey>>& owned) {
        GroupKey* last = nullptr;
        for (const GroupKey* key : keys_) {
            if (last != nullptr && last->fuse(*key)) continue;
            readers_.push_back(key);
            last = nullptr;
            for (const std::unique_ptr<GroupKey>& own : owned) {
                if (own.get() == key) last = own.get();
            }
        }
    }

    struct Stage {
        tsl::robin_map<std::uint64_t, std::uint32_t, NumberHash> ids;
        std::vector<std::uint64_t> pairs;
    };
    std::vector<const GroupKey*> keys_;
    std::vector<const GroupKey*> readers_;  // dense: keys that read columns; the others are fused into them
    bool dense_ = false;
    std::uint32_t groups_ = 0;
    std::vector<std::uint32_t> counts_[2];
    std::vector<std::uint32_t> codes_;
    std::vector<Stage> stages_;
};

class Run {
public:
    Run(const Query& query, const Records& records, const QueryContext& context) : query_(query), records_(records), context_(context) {}

    Result<AggregateAnswer> run() {
        for (const SelectTerm& select : query_.select) collect(select.term);
        if (query_.having) collect_condition(*query_.having);
        for (const OrderTerm& order : query_.order_by) collect(order.term);
        for (const std::vector<bool>& set : grouping_sets()) OUTPOST_CHECK(run_set(set));
        OUTPOST_CHECK(apply_having());
        sort_groups();
        return answer();
    }

private:
    void collect(const Term& term) {
        if (term.aggregate == AggregateFunction::None || find_term(term) != terms_.size()) return;
        terms_.push_back(term);
    }
    void collect_condition(const Condition& condition) {
        for (const Condition& child : condition.children) collect_condition(child);
        if (condition.kind == Condition::Kind::Compare) collect(condition.term);
    }
    std::size_t find_term(const Term& term) const {
        return static_cast<std::size_t>(std::find_if(terms_.begin(), terms_.end(), [&](const Term& own) { return same_term(own, term); }) - terms_.begin());
    }
    std::size_t find_group_term(const Term& term) const {
        Term plain = term;
        plain.grouping = false;
        return static_cast<std::size_t>(std::find_if(query_.group_by.begin(), query_.group_by.end(), [&](const Term& own) { return same_term(own, plain); }) - query_.group_by.begin());
    }

    // For the sets that can't be answered from kept groups; once.
    Status read_rows() {
        if (std::exchange(rows_read_, true)) return {};
        row_count_ = row_count(records_, query_.object);
        OUTPOST_TRY(const FilterPointer filter, compile_query_filter(query_, records_, context_));
        all_ = filter == nullptr;
        const bool listed = std::any_of(terms_.begin(), terms_.end(), [&](const Term& term) { return needs_rows(term, query_.object, records_); });
        if (!all_ || listed) {
            rows_ = matching_rows(filter.get(), row_count_);
            all_ = false;
        }
        return {};
    }

    // Which GROUP BY terms stand in each set; the whole set first.
    std::vector<std::vector<bool>> grouping_sets() const {
        const std::size_t count = query_.group_by.size();
        std::vector<std::vector<bool>> sets{std::vector<bool>(count, true)};
        if (query_.rollup) {
            for (std::size_t kept = count; kept-- > 0;) {
                std::vector<bool> set(count, false);
                std::fill(set.begin(), set.begin() + static_cast<std::ptrdiff_t>(kept), true);
                sets.push_back(std::move(set));
            }
        } else if (query_.cube) {
            for (std::uint32_t mask = (1u << count) - 1; mask-- > 0;) {
                std::vector<bool> set(count, false);
                for (std::size_t i = 0; i < count; ++i) set[i] = (mask >> (count - 1 - i) & 1) != 0;
                sets.push_back(std::move(set));
            }
        }
        return sets;
    }

    using Accumulators = std::vector<std::unique_ptr<Accumulator>>;

    Result<Accumulators> make_accumulators() const {
        Accumulators accumulators;
        for (const Term& term : terms_) {
            OUTPOST_TRY(std::unique_ptr<Accumulator> accumulator, make_accumulator(term, query_.object, records_, context_, rows_));
            accumulators.push_back(std::move(accumulator));
        }
        return accumulators;
    }

    static void add_block(const RowBlock& block, std::uint32_t at, Grouper& grouper, const Accumulators& accumulators) {
        std::uint32_t ids[block_rows];
        grouper.assign(block, ids);
        for (const std::unique_ptr<Accumulator>& accumulator : accumulators) accumulator->add(block, ids, at, grouper.size());
    }

    // A question about all live records that reads their own fields alone is answered from what was kept of each block of
    // rows, and only blocks that changed since are read. False, with nothing added, for any other.
    Result<bool> add_kept(const std::vector<bool>& set, const std::vector<std::unique_ptr<GroupKey>>& keys, Grouper& grouper, Accumulators& accumulators) const {
        if (query_.where || query_.scope_mine || query_.all_rows || !grouper.dense() || !records_.has_table(query_.object)) return false;
        const Table& table = records_.table(query_.object);
        std::vector<std::int64_t> key{number(query_.object), static_cast<std::int64_t>(records_.schema().revision()), context_.fiscal_start_month};
        std::vector<FieldIndex> fields;
        const auto add_term = [&](const Term& term) {
            key.insert(key.end(), {static_cast<int>(term.aggregate), term.count_all, static_cast<int>(term.date_function), term.to_label, number(term.path.field)});
            fields.push_back(term.path.field);
        };
        std::size_t at = 0;
        for (std::size_t i = 0; i < set.size(); ++i) {
            if (!set[i]) continue;
            const Term& term = query_.group_by[i];
            add_term(term);
            if (!term.path.lookups.empty() || !keys[at++]->add_layout(key)) return false;
        }
        for (const Term& term : terms_) {
            if (!reads_own_field(term, query_.object, records_)) return false;
            add_term(term);
        }
        const RowIndex blocks = (table.row_count() + Table::revision_block_rows - 1) / Table::revision_block_rows;
        if (std::size_t{blocks} * grouper.size() * (terms_.size() + 1) > kept_numbers_max) return false;
        std::vector<GroupsPart>& parts = kept_groups(records_).parts_of(key);
        parts.resize(blocks);
        for (RowIndex block = 0; block < blocks; ++block) {
            std::uint64_t stamp = table.states_revision(block);
            for (const FieldIndex field : fields) stamp += table.column_revision(field, block);
            if (parts[block].stamp == stamp) continue;
            OUTPOST_TRY(const bool saved, count_part(table, block, grouper, parts[block]));
            if (!saved) return false;
            parts[block].stamp = stamp;
        }
        OUTPOST_TRY(accumulators, make_accumulators());
        for (const GroupsPart& part : parts) {
            grouper.add_counts(part.counts);
            for (std::size_t i = 0; i < accumulators.size(); ++i) accumulators[i]->add_saved(part.saved[i], grouper.size());
        }
        return true;
    }

    // False where a sum is too large to be kept.
    Result<bool> count_part(const Table& table, RowIndex block, Grouper& grouper, GroupsPart& part) const {
        part = {};
        OUTPOST_TRY(const Accumulators accumulators, make_accumulators());
        const RowIndex begin = block * Table::revision_block_rows, end = std::min(table.row_count(), begin + Table::revision_block_rows);
        const bool all_live = table.live_count() == table.row_count();
        RowIndex live[block_rows];
        for (RowIndex first = begin; first < end; first += block_rows) {
            const RowIndex last = std::min(end, first + block_rows);
            std::uint32_t count = all_live ? last - first : 0;
            for (RowIndex row = first; row < last && !all_live; ++row) {
                live[count] = row;
                count += table.is_live(row);
            }
            add_block({all_live ? nullptr : live, first, count}, 0, grouper, accumulators);
        }
        part.counts = grouper.take_counts();
        part.saved.resize(accumulators.size());
        for (std::size_t i = 0; i < accumulators.size(); ++i)
            if (!accumulators[i]->save(part.saved[i])) return false;
        return true;
    }

    Status run_set(const std::vector<bool>& set) {
        std::vector<std::unique_ptr<GroupKey>> owned;
        std::vector<const GroupKey*> keys;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < set.size(); ++i) {
            if (!set[i]) continue;
            owned.push_back(make_group_key(query_.group_by[i], query_.object, records_, context_));
            keys.push_back(owned.back().get());
            places.push_back(i);
        }
        Grouper grouper(keys, owned);
        std::vector<std::unique_ptr<Accumulator>> accumulators;
        OUTPOST_TRY(const bool kept, add_kept(set, owned, grouper, accumulators));
        if (!kept) {
            OUTPOST_CHECK(read_rows());
            OUTPOST_TRY(accumulators, make_accumulators());
            const auto total = static_cast<std::uint32_t>(all_ ? row_count_ : rows_.size());
            for (std::uint32_t at = 0; at < total; at += block_rows)
                add_block({all_ ? nullptr : rows_.data() + at, at, std::min(block_rows, total - at)}, at, grouper, accumulators);
        }
        const bool whole = keys.empty();  // a total is there even over no rows
        std::vector<GroupSize> groups;
        for (std::uint32_t id = 0; id < grouper.size(); ++id)
            if (const std::uint32_t rows = grouper.rows_of(id); whole || rows != 0) groups.push_back({id, rows});
        const std::size_t count = set.size();
        codes_.resize(codes_.size() + groups.size() * count, no_code);
        std::uint32_t* codes = codes_.data() + groups_.size() * count;
        for (std::size_t i = 0; i < groups.size(); ++i) grouper.read_codes(groups[i].group, places, codes + i * count);
        measured_.resize(terms_.size());
        for (std::size_t i = 0; i < accumulators.size(); ++i) OUTPOST_CHECK(accumulators[i]->append(groups, measured_[i]));
        groups_.resize(groups_.size() + groups.size());
        std::iota(groups_.begin(), groups_.end(), 0u);
        if (keys_.empty()) {
            keys_.resize(set.size());
            for (std::size_t k = 0; k < places.size(); ++k) keys_[places[k]] = std::move(owned[k]);
        }
        return {};
    }

    // Where a term's value lies in a group; looked up once a term, not once a group.
    struct Found {
        bool aggregate, grouping;
        std::size_t at;
    };
    Found find(const Term& term) const {
        const bool aggregate = term.aggregate != AggregateFunction::None;
        return {aggregate, term.grouping, aggregate ? find_term(term) : find_group_term(term)};
    }
    std::span<const std::uint32_t> codes_of(std::uint32_t group) const {
        const std::size_t count = query_.group_by.size();
        return {codes_.data() + group * count, count};
    }
    Value value_at(std::uint32_t group, const Found& found) const {
        if (found.aggregate) return measured_[found.at].value(group);
        if (found.at >= query_.group_by.size()) return {};
        const std::uint32_t code = codes_of(group)[found.at];
        if (found.grouping) return Decimal{code == no_code ? 1 : 0, 0};
        return code == no_code ? Value() : keys_[found.at]->value(code);
    }

    Status apply_having() {
        if (!query_.having) return {};
        std::erase_if(groups_, [&](std::uint32_t group) {
            const auto value = [&](const Term& term) { return value_at(group, find(term)); };
            return !group_matches(*query_.having, value, query_.object, records_, context_);
        });
        return {};
    }

    void sort_groups() {
        // Without ORDER BY: by the codes, totals after what they total.
        const auto by_codes = [&](std::uint32_t a, std::uint32_t b) { return std::ranges::lexicographical_compare(codes_of(a), codes_of(b)); };
        const bool sets = query_.rollup || query_.cube;
        if (sets || !query_.order_by.empty()) sort_stably(groups_, by_codes);
        if (query_.order_by.empty()) return;
        std::vector<std::vector<Value>> keys(groups_.size());
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            for (const OrderTerm& order : query_.order_by) keys[i].push_back(sort_value(groups_[i], order.term));
        }
        const auto is_before = [&](std::uint32_t a, std::uint32_t b) {
            for (std::size_t k = 0; k < query_.order_by.size(); ++k) {
                const OrderTerm& term = query_.order_by[k];
                const bool a_null = is_null(keys[a][k]), b_null = is_null(keys[b][k]);
                if (a_null != b_null) return a_null != term.nulls_last;
                const int compared = a_null ? 0 : compare_values(keys[a][k], keys[b][k], records_);
                if (compared != 0) return (compared < 0) != term.descending;
            }
            return false;
        };
        std::vector<std::uint32_t> sorted;
        sorted.reserve(groups_.size());
        for (const std::uint32_t i : stable_positions(groups_.size(), PositionOrder(is_before))) sorted.push_back(groups_[i]);
        groups_ = std::move(sorted);
    }

    // Picklists sort by position, which their codes follow.
    Value sort_value(std::uint32_t group, const Term& term) const {
        const std::size_t place = term.aggregate == AggregateFunction::None && !term.grouping ? find_group_term(term) : query_.group_by.size();
        if (place >= query_.group_by.size() || codes_of(group)[place] == no_code) return value_at(group, find(term));
        if (value_kind(term, query_.object, records_.schema()) != ValueKind::Picklist) return value_at(group, find(term));
        if (keys_[place]->is_null(codes_of(group)[place])) return {};
        return Decimal{codes_of(group)[place], 0};
    }

    AggregateAnswer answer() {
        AggregateAnswer answer;
        answer.total = static_cast<std::uint32_t>(groups_.size());
        const std::uint32_t first = std::min(query_.offset, answer.total);
        const std::span<const std::uint32_t> groups = std::span(groups_).subspan(first, std::min(query_.limit.value_or(answer.total), answer.total - first));
        for (const std::uint32_t group : groups) answer.subtotals.push_back(std::ranges::find(codes_of(group), no_code) != codes_of(group).end());
        std::vector<std::string> names = aggregate_names(query_);
        for (std::size_t i = 0; i < names.size(); ++i) {
            answer.columns.push_back(column(find(query_.select[i].term), groups));
            show(answer.columns.back(), query_.select[i].term);
            answer.columns.back().name = std::move(names[i]);
        }
        return answer;
    }

    // toLabel() and FORMAT() of what was grouped or totalled.
    void show(AggregateColumn& column, const Term& term) const {
        const Field* field = term.to_label ? end_of_path(term.path, query_.object, records_.schema()).field : nullptr;
        for (Value& word : column.words)
            if (auto* text = std::get_if<std::string>(&word); text != nullptr && field != nullptr) *text = labels_text(*field, *text);
        if (!term.format) return;
        for (Value& word : column.words) {
            if (const auto* number = std::get_if<Decimal>(&word)) word = to_text_trimmed(*number);
            if (const auto* flag = std::get_if<bool>(&word)) word = std::string(*flag ? "true" : "false");
        }
        if (!column.codes.empty()) return;
        for (const Decimal& number : std::exchange(column.numbers, {})) {
            if (number.units != null_decimal) column.words.emplace_back(to_text_trimmed(number));
            column.codes.push_back(number.units != null_decimal ? static_cast<std::uint32_t>(column.words.size()) : 0);
        }
    }

    AggregateColumn column(const Found& found, std::span<const std::uint32_t> groups) const {
        AggregateColumn out;
        const auto code_of = [&](std::uint32_t group) { return found.at < query_.group_by.size() ? codes_of(group)[found.at] : no_code; };
        if (found.grouping) {
            for (const std::uint32_t group : groups) out.numbers.push_back({code_of(group) == no_code ? 1 : 0, 0});
        } else if (found.aggregate) {
            const AggregateColumn& all = measured_[found.at];
            out.words = all.words;
            for (const std::uint32_t group : groups)
                all.codes.empty() ? out.numbers.push_back(all.numbers[group]) : out.codes.push_back(all.codes[group]);
        } else {
            // A code's value is made once; not where codes are many more than the groups.
            const GroupKey* key = found.at < keys_.size() ? keys_[found.at].get() : nullptr;
            const bool shares = key != nullptr && key->cardinality() <= 2 * groups.size() + 64;
            std::vector<std::uint32_t> word_of(shares ? key->cardinality() : 0, 0);
            for (const std::uint32_t group : groups) {
                const std::uint32_t code = code_of(group);
                std::uint32_t word = shares && code != no_code ? word_of[code] : 0;
                if (word == 0 && code != no_code && !key->is_null(code)) {
                    out.words.push_back(key->value(code));
                    word = static_cast<std::uint32_t>(out.words.size());
                    if (shares) word_of[code] = word;
                }
                out.codes.push_back(word);
            }
        }
        return out;
    }

    const Query& query_;
    const Records& records_;
    const QueryContext& context_;
    std::vector<Term> terms_;                       // aggregates of SELECT, HAVING and ORDER BY
    std::vector<std::unique_ptr<GroupKey>> keys_;   // by GROUP BY term, to read codes
    bool rows_read_ = false;
    RowIndex row_count_ = 0;
    bool all_ = false;                              // every row of the table, and rows_ is empty
    std::vector<RowIndex> rows_;
    std::vector<std::uint32_t> groups_;             // those to answer, in order: places in the two below
    std::vector<std::uint32_t> codes_;              // of each group by GROUP BY term; no_code where it totals over it
    std::vector<AggregateColumn> measured_;         // by terms_: of each group
};

}  // namespace

Value AggregateColumn::value(std::size_t group) const {
    if (!codes.empty()) return codes[group] == 0 ? Value() : words[codes[group] - 1];
    return numbers[group].units == null_decimal ? Value() : Value(numbers[group]);
}

// Names that were given come first, then those of the object's own fields: beside Name, Account.Name keeps its whole path.
std::vector<std::string> aggregate_names(const Query& query) {
    std::vector<std::string> names(query.select.size());
    const auto is_free = [&](std::string_view name) { return std::ranges::none_of(names, [&](const std::string& own) { return equals_ignoring_ascii_case(own, name); }); };
    const auto is_plain = [](const Term& term) { return term.aggregate == AggregateFunction::None && term.date_function == DateFunction::None && !term.grouping; };
    const auto name_paths = [&](bool own, auto name_of) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const Term& term = query.select[i].term;
            if (!names[i].empty() || !is_plain(term) || (own && !term.path.lookups.empty())) continue;
            const std::string_view text = term.path.text, name = name_of(text);
            // A table of the answer takes a bare "Owner" beside "Owner.Name" for a parent that is null.
            if (is_free(name) && (name != text || own || is_free(text.substr(0, text.find('.'))))) names[i] = name;
        }
    };
    int expressions = 0;
    const auto name_expressions = [&](bool plain) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!names[i].empty() || is_plain(query.select[i].term) != plain) continue;
            std::string name;
            do name = "expr" + std::to_string(expressions++);
            while (!is_free(name));
            names[i] = std::move(name);
        }
    };
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = query.select[i].term.alias;
    name_paths(true, last_segment);
    name_paths(false, last_segment);
    name_paths(false, [](std::string_view text) { return text; });
    name_expressions(false);
    name_expressions(true);
    return names;
}

Result<AggregateAnswer> run_aggregate(const Query& query, const Records& records, const QueryContext& context) { return Run(query, records, context).run(); }

}  // namespace outpost
