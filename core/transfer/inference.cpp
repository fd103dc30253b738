#include "core/transfer/inference.h"

#include <algorithm>
#include <bit>

#include "core/base/hash.h"
#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/transfer/header_words.h"

namespace outpost {

namespace {

constexpr std::uint32_t samples_max = 5;
constexpr std::uint32_t sample_bytes_max = 80;
constexpr std::uint32_t picklist_values_max = 60;
constexpr std::uint32_t picklist_value_bytes_max = 80;

std::string shortened(std::string_view value) {
    if (value.size() <= sample_bytes_max) return std::string(value);
    std::size_t end = sample_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
    return std::string(value.substr(0, end)) + "\xE2\x80\xA6";
}

// The different values of a column with their counts, until there are too many.
class DistinctValues {
public:
    void add(std::string_view value) {
        if (overflown_) return;
        if (slots_.empty()) slots_.assign(4096, 0);
        std::size_t slot = hash_text(value) & 4095;
        while (slots_[slot] != 0) {
            ValueCount& known = values_[slots_[slot] - 1];
            if (known.value == value) {
                ++known.count;
                return;
            }
            slot = (slot + 1) & 4095;
        }
        if (values_.size() == distinct_values_max || value.size() > 1024) {
            overflown_ = true;
            return;
        }
        values_.push_back({std::string(value), 1});
        slots_[slot] = static_cast<std::uint16_t>(values_.size());
    }
    bool overflown() const { return overflown_; }
    const std::vector<ValueCount>& values() const { return values_; }

private:
    std::vector<ValueCount> values_;
    std::vector<std::uint16_t> slots_;  // index into values_ + 1
    bool overflown_ = false;
};

// Whether every value so far was new, but for `doubles_allowed` in a hundred.
class Uniqueness {
public:
    void add(std::string_view value) {
        if (!unique_) return;
        const std::uint64_t hash = hash_text(value) | 1;
        if ((count_ + 1) * 2 > slots_.size()) grow();
        std::size_t slot = hash >> 20 & (slots_.size() - 1);
        for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
            if (slots_[slot] != hash) continue;
            if (++doubles_ * 100 > (count_ + 100) * doubles_allowed) {
                unique_ = false;
                slots_ = {};
            }
            return;
        }
        slots_[slot] = hash;
        ++count_;
    }
    bool is_unique() const { return unique_ && doubles_ * 100 <= count_ * doubles_allowed; }
    std::size_t doubles_allowed = 0;

private:
    void grow() {
        std::vector<std::uint64_t> old(slots_.empty() ? 1024 : slots_.size() * 2, 0);
        old.swap(slots_);
        for (const std::uint64_t hash : old) {
            if (hash == 0) continue;
            std::size_t slot = hash >> 20 & (slots_.size() - 1);
            while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
            slots_[slot] = hash;
        }
    }
    std::vector<std::uint64_t> slots_;
    std::size_t count_ = 0, doubles_ = 0;
    bool unique_ = true;
};

// One possible type of a column: given up when too many values don't fit.
struct Candidate {
    bool alive = true;
    std::uint32_t fits = 0, misfits = 0;
    std::uint32_t first_misfit_row = 0;
    std::string misfit_sample;

    void count(bool fit, std::string_view value, std::uint32_t row) {
        if (fit) {
            ++fits;
            return;
        }
        if (misfits++ == 0) {
            first_misfit_row = row;
            misfit_sample = shortened(value);
        }
        if (misfits > 8 && misfits * 3 > fits) alive = false;
    }
    // At most one of fifty may be wrong.
    bool holds() const { return alive && fits > 0 && misfits * 49 <= fits; }
};

struct DateEvidence {
    std::uint32_t count = 0, row = 0;
    std::string sample;
    void add(std::string_view value, std::uint32_t at) {
        if (count++ == 0) {
            row = at;
            sample = value;
        }
    }
    void add(const DateEvidence& other) {
        if (count == 0) *this = other;
        else count += other.count;
    }
};

// "Date of birth (DD/MM/YYYY)", also in German and French letters.
std::optional<DateOrder> order_of_header(std::string_view key) {
    const auto says = [&](std::initializer_list<std::string_view> words) { return std::ranges::any_of(words, [&](std::string_view word) { return key.find(word) != key.npos; }); };
    if (says({"ddmmyy", "ttmmjj", "jjmmaa"})) return DateOrder::DayFirst;
    if (says({"mmddyy"})) return DateOrder::MonthFirst;
    return says({"yymmdd", "yyyymmdd", "jjmmtt", "aammjj"}) ? std::optional(DateOrder::YearFirst) : std::nullopt;
}

bool is_all_digits(std::string_view value) {
    return value.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

struct ColumnScanner::State {
    ColumnProfile profile;
    DistinctValues distinct;
    Uniqueness uniqueness;
    bool watch_uniqueness = false;
    Candidate number, date, compact_date, checkbox, email, phone, url, duration;
    // numbers
    std::uint32_t hints[6] = {};
    std::uint32_t percents = 0, currencies = 0, leading_zeros = 0;
    std::uint8_t decimals_by_hint[6] = {};
    // dates
    std::uint32_t serials = 0, times = 0, dotted = 0;
    DateEvidence day_first, month_first, year_first, undecided;
    DateEvidence day_or_year;          // "26-03-05"
    std::uint32_t firsts = 0, lasts = 0;   // bit n: the first or last part of a date with a short year is n
    bool is_likely = false, leans = false;   // which of the two isn't proven, or but a guess
    std::optional<DateOrder> named_order;  // by the header: "Birthday (DD/MM/YYYY)"
    bool dots_say_otherwise = false;   // "12.31.2026"
    bool says_date = false, says_phone = false, says_duration = false;
    std::uint32_t thousands = 0, above_minutes = 0;   // durations that are whole seconds in milliseconds; that are too long for minutes
    std::uint32_t trues = 0, falses = 0, words = 0;
    LineHeader says_line = LineHeader::None;
    std::int64_t last_line = -1;
    bool counts_lines = true, ascends = true;
    std::vector<std::uint32_t> marker_counts;

    void add_currency(std::string_view sign);
    void add_number(std::string_view value, std::uint32_t row);
    void add_date(std::string_view value, std::uint32_t row);
    void add_checkbox(std::string_view value, std::uint32_t row);
    void add_duration(std::string_view value, std::uint32_t row);
    void add_line(std::string_view value);
    bool add_unset(std::string_view value);
    void conclude();
    bool conclude_typed();
    bool conclude_several();
    void settle_short_years(bool year_is_usual);
    bool holds_times() const;
    std::uint32_t proofs_of(DateOrder order) const { return (order == DateOrder::DayFirst ? day_first : order == DateOrder::MonthFirst ? month_first : year_first).count; }
    void set(FieldType type, const Candidate& candidate);
    bool has_numeric_dates() const { return date.alive && day_first.count + month_first.count + year_first.count + undecided.count > 0; }
    // "01.12.2026": dots never part a month from the day behind it, but for columns that prove it.
    bool is_dotted() const { return has_numeric_dates() && dotted == day_first.count + undecided.count && month_first.count + year_first.count == 0; }
};

ColumnScanner::ColumnScanner(std::string header) : state_(std::make_unique<State>()) {
    state_->says_date = header_says_date(header);
    state_->says_line = header_says_line(header);
    state_->watch_uniqueness = header_says_id(header);
    state_->says_phone = header_says_phone(header);
    const std::string key = fold_key(header);
    state_->says_duration = key.find("duration") != std::string::npos || key.find("\xE6\x97\xB6\xE9\x95\xBF") != std::string::npos;
    state_->named_order = order_of_header(key);
    state_->profile.header = std::move(header);
}
ColumnScanner::~ColumnScanner() = default;
ColumnScanner::ColumnScanner(ColumnScanner&&) noexcept = default;

bool ColumnScanner::State::add_unset(std::string_view value) {
    if (!is_unset_marker(value)) return false;
    ++profile.unset;
    auto& markers = profile.unset_markers;
    if (markers.size() < 8 && std::find(markers.begin(), markers.end(), value) == markers.end()) markers.emplace_back(value);
    return true;
}

void ColumnScanner::State::add_currency(std::string_view sign) {
    ++currencies;
    for (ValueCount& known : profile.currencies)
        if (known.value == sign) return void(++known.count);
    profile.currencies.push_back({std::string(sign), 1});
}

void ColumnScanner::State::add_number(std::string_view value, std::uint32_t row) {
    const NumberScan scan = scan_number(value);
    number.count(scan.hint != NumberHint::NotNumber, value, row);
    const auto hint = static_cast<std::size_t>(scan.hint);
    ++hints[hint];
    decimals_by_hint[hint] = std::max(decimals_by_hint[hint], scan.decimals);
    percents += scan.is_percent;
    if (!scan.currency.empty()) add_currency(scan.currency);
    leading_zeros += value.size() > 1 && value[0] == '0' && value[1] != '.' && value[1] != ',';
}

void ColumnScanner::State::add_date(std::string_view value, std::uint32_t row) {
    const DateScan scan = scan_date(value);
    const bool is_serial = scan.shape == DateScan::Shape::None && says_date && read_serial_date(value).has_value();
    date.count(scan.shape != DateScan::Shape::None || is_serial, value, row);
    serials += is_serial;
    times += scan.has_time || (is_serial && value.find('.') != std::string_view::npos);
    if (scan.shape != DateScan::Shape::Numeric) return;
    dotted += scan.is_dotted;
    const int first = scan.numbers[0], second = scan.numbers[1];
    DateEvidence* found = first > 12 ? &day_first : second > 12 ? &month_first : &undecided;
    if (scan.short_year) {
        if (first < 32 && scan.numbers[2] < 32) firsts |= 1u << first, lasts |= 1u << scan.numbers[2];
        const bool may_be_year = (first > 12 || first == 0) && resolve_date(scan, DateOrder::YearFirst);
        if (may_be_year) found = resolve_date(scan, DateOrder::DayFirst) ? &day_or_year : &year_first;
    }
    DateEvidence& evidence = *found;
    evidence.add(value, row);
    dots_say_otherwise = dots_say_otherwise || (scan.is_dotted && (&evidence == &year_first || &evidence == &month_first));
    // Dots leave less open.
    if (!scan.is_dotted && evidence.sample.find('.') != std::string::npos) evidence.sample = value, evidence.row = row;
}

void ColumnScanner::State::add_checkbox(std::string_view value, std::uint32_t row) {
    const auto flag = read_checkbox(value);
    checkbox.count(flag.has_value(), value, row);
    if (!flag) return;
    ++(*flag ? trues : falses);
    words += value.size() > 1;
}

void ColumnScanner::State::add_duration(std::string_view value, std::uint32_t row) {
    const auto bare = parse_decimal(value);
    if (duration.alive) duration.count(!bare && read_duration(value, profile.header), value, row);
    if (!bare || bare->scale != 0) return;
    thousands += bare->units % 1'000 == 0;
    above_minutes += bare->units > 600;
}

void ColumnScanner::State::add_line(std::string_view value) {
    const auto number = parse_decimal(value);
    const bool is_whole = number && number->scale == 0;
    counts_lines = counts_lines && is_whole && (number->units == last_line + 1 || (profile.filled == 1 && number->units == 1));
    ascends = ascends && is_whole && number->units > last_line;
    last_line = is_whole ? number->units : 0;
}

// Not merged into the loop over a file's cells: the browser then has both compiled for speed sooner.
[[gnu::noinline]] void ColumnScanner::add(std::string_view raw, std::uint32_t row) {
    State& state = *state_;
    const std::string_view value = trim(raw);
    if (value.empty()) {
        ++state.profile.empty;
        return;
    }
    if (state.add_unset(value)) return;
    ColumnProfile& profile = state.profile;
    ++profile.filled;
    profile.longest_bytes = std::max(profile.longest_bytes, static_cast<std::uint32_t>(value.size()));
    if (profile.samples.size() < samples_max && std::find(profile.samples.begin(), profile.samples.end(), value) == profile.samples.end())
        profile.samples.push_back(shortened(value));
    if (state.number.alive) state.add_number(value, row);
    if (state.says_line != LineHeader::None) state.add_line(value);
    if (state.date.alive) state.add_date(value, row);
    if (state.says_date && state.compact_date.misfits == 0) state.compact_date.count(read_compact_date(value).has_value(), value, row);
    if (state.checkbox.alive) state.add_checkbox(value, row);
    if (state.says_duration) state.add_duration(value, row);
    if (state.email.alive) state.email.count(looks_like_email(value), value, row);
    if (state.phone.alive) state.phone.count(looks_like_phone(value) || (state.says_phone && is_all_digits(value)), value, row);
    if (state.url.alive) state.url.count(looks_like_url(value), value, row);
    state.distinct.add(value);
    if (state.watch_uniqueness) state.uniqueness.add(value);
}

// Of "26-03-05" the year is the part that has fewer different values in the column, unless other dates tell.
void ColumnScanner::State::settle_short_years(bool year_is_usual) {
    if (day_or_year.count == 0) return;
    const int first_parts = std::popcount(firsts), last_parts = std::popcount(lasts);
    const bool is_proven = day_first.count != year_first.count;
    const bool is_year = named_order                  ? *named_order == DateOrder::YearFirst
                         : is_proven                  ? year_first.count > day_first.count
                         : first_parts != last_parts  ? first_parts < last_parts
                                                      : year_is_usual && dotted == 0;
    // Days before the year are common; so many different ones of so few years are no chance.
    is_likely = !named_order && !is_proven;
    leans = is_likely && (is_year || (dotted == 0 && last_parts * 3 > first_parts));
    (is_year ? year_first : day_first).add(day_or_year);
    dots_say_otherwise = dots_say_otherwise || (is_year && dotted > 0);
}

// Times of day, whatever the column is called: nearly all of its different values.
bool ColumnScanner::State::holds_times() const {
    std::uint32_t times_of_day = 0, others = 0;
    for (const ValueCount& one : distinct.values()) (read_time_of_day(one.value) ? times_of_day : others) += one.count;
    return times_of_day > 0 && others * 49 <= times_of_day;
}

void ColumnScanner::State::set(FieldType type, const Candidate& candidate) {
    profile.type = type;
    profile.misfits = candidate.misfits;
    profile.first_misfit_row = candidate.first_misfit_row;
    profile.misfit_sample = candidate.misfit_sample;
    profile.reason_key = candidate.misfits == 0 ? "import.reason.all_fit" : "import.reason.most_fit";
    profile.reason_arguments = {std::to_string(candidate.fits), profile.samples.empty() ? std::string() : profile.samples[0],
                                std::to_string(candidate.misfits), candidate.misfit_sample};
}

// Settles on a type that the values' own form shows. False: they are just texts.
bool ColumnScanner::State::conclude_typed() {
    if (checkbox.holds() && (words > 0 || (trues > 0 && falses > 0))) {
        set(FieldType::Checkbox, checkbox);
        return true;
    }
    if (compact_date.fits > 0 && compact_date.misfits == 0) {
        set(FieldType::Date, compact_date);
        profile.date_order = DateOrder::YearFirst;
        return true;
    }
    if (date.holds() && (serials == 0 || serials == date.fits)) {
        set(times > 0 ? FieldType::DateTime : FieldType::Date, date);
        profile.has_time = times > 0;
        profile.is_serial_date = serials > 0;
        return true;
    }
    if (duration.holds()) {
        set(FieldType::Number, duration);
        profile.is_duration = true;
        profile.reason_key = "import.reason.duration";
    } else if (email.holds()) set(FieldType::Email, email);
    else if (url.holds()) set(FieldType::Url, url);
    else if (says_phone && phone.holds()) set(FieldType::Phone, phone);
    else if (number.holds() && leading_zeros == 0 && !(profile.is_id && profile.longest_bytes > 9)) {
        if (percents * 2 > number.fits) set(FieldType::Percent, number);
        else set(currencies > 0 || header_says_money(profile.header) ? FieldType::Currency : FieldType::Number, number);
    } else if (phone.holds() && !watch_uniqueness) {
        set(FieldType::Phone, phone);
    } else {
        return false;
    }
    return true;
}

// "A;B": few different values, several of them in a cell.
bool ColumnScanner::State::conclude_several() {
    if (!profile.values_complete || profile.filled < 20 || profile.longest_bytes > 255) return false;
    std::vector<std::string_view> parts;
    bool any = false;
    for (const ValueCount& value : profile.values) {
        any = any || value.value.find(';') != std::string::npos;
        for (const std::string_view part : split(value.value, ';')) {
            const std::string_view one = trim(part);
            if (one.size() > picklist_value_bytes_max) return false;
            if (!one.empty() && std::ranges::find(parts, one) == parts.end()) parts.push_back(one);
            if (parts.size() > picklist_values_max || parts.size() * 4 > profile.filled) return false;
        }
    }
    if (!any) return false;
    profile.type = FieldType::MultiselectPicklist;
    profile.reason_key = "import.reason.few_values";
    profile.reason_arguments = {std::to_string(parts.size()), std::to_string(profile.filled)};
    return true;
}

void ColumnScanner::State::conclude() {
    profile.values_complete = !distinct.overflown();
    if (profile.values_complete) {
        profile.values = distinct.values();
        sort_stably(profile.values, [](const ValueCount& a, const ValueCount& b) { return a.count > b.count; });
    }
    profile.is_line_number = profile.filled > 0 && profile.empty == 0 && (says_line == LineHeader::Surely ? ascends : says_line == LineHeader::Perhaps && counts_lines);
    profile.is_id = !profile.is_line_number && watch_uniqueness && uniqueness.is_unique() && profile.filled > 0 && profile.empty == 0;
    if (profile.filled == 0) {
        profile.reason_key = "import.reason.empty";
        return;
    }
    // No unit, and above ten hours in minutes: milliseconds where all are whole seconds of them; calls are told in seconds.
    if (says_duration && above_minutes > 0 && thousands == number.fits) profile.bare_milliseconds = 1;
    else if (says_duration && above_minutes > 0 && fold_key(profile.header).find("call") != std::string::npos) profile.bare_milliseconds = 1'000;
    profile.is_time = !says_duration && holds_times();
    if (conclude_typed()) return;
    if (conclude_several()) return;
    const std::size_t different = profile.values.size();
    if (profile.values_complete && different <= picklist_values_max && profile.longest_bytes <= picklist_value_bytes_max &&
        profile.filled >= 20 && different * 4 <= profile.filled) {
        profile.type = FieldType::Picklist;
        profile.reason_key = "import.reason.few_values";
        profile.reason_arguments = {std::to_string(different), std::to_string(profile.filled)};
        return;
    }
    profile.type = profile.longest_bytes > 255 ? FieldType::LongTextArea : FieldType::Text;
    if (profile.is_id) profile.reason_key = "import.reason.id";
}

FileInference::FileInference(const std::vector<std::string>& headers, char delimiter) : delimiter_(delimiter) {
    for (const std::string& header : headers) scanners_.emplace_back(header);
    // A record's own id comes first; rows that stand in the file twice come back.
    if (!scanners_.empty()) scanners_[0].state_->uniqueness.doubles_allowed = 1;
}

// Programs that put exports together write one column day first and another month first. True where each column with
// proofs is of one order, and they differ; columns without any are left to the file's order.
bool FileInference::decide_by_column() {
    bool used[3] = {};
    for (ColumnScanner& scanner : scanners_) {
        const ColumnScanner::State& state = *scanner.state_;
        if (!state.date.alive || state.date.fits == 0) continue;
        const DateEvidence* proofs[] = {&state.day_first, &state.month_first, &state.year_first};
        const auto order = std::ranges::max_element(proofs, {}, &DateEvidence::count) - proofs;
        const std::uint32_t count = proofs[order]->count, others = state.day_first.count + state.month_first.count + state.year_first.count - count;
        // Days are above 12 more often than not: few proofs among many dates are slips.
        if (others * 50 > count || (count > 0 && count * 4 < state.undecided.count)) return false;
        if (count > 0) used[order] = true;
    }
    if (used[0] + used[1] + used[2] < 2) return false;
    for (ColumnScanner& scanner : scanners_) {
        ColumnScanner::State& state = *scanner.state_;
        const std::uint32_t counts[] = {state.day_first.count, state.month_first.count, state.year_first.count};
        const auto order = std::ranges::max_element(counts) - counts;
        if (state.date.alive && counts[order] > 0) state.profile.date_order = static_cast<DateOrder>(order);
    }
    return true;
}

void FileInference::decide_date_order(std::optional<DateOrder> given_order, DateOrder usual_order) {
    struct Sum {
        std::uint32_t count = 0, row = 0;
        std::string sample, column;
        void add(const DateEvidence& evidence, const std::string& header) {
            if (evidence.count > 0 && count == 0) {
                row = evidence.row;
                sample = evidence.sample;
                column = header;
            }
            count += evidence.count;
        }
    } day_first, month_first, year_first, undecided;
    const auto has_year_first = [](const ColumnScanner& one) {
        return std::ranges::any_of(one.state_->profile.samples, [](const std::string& sample) { return scan_date(sample).shape == DateScan::Shape::YearFirst; });
    };
    const bool year_is_usual = usual_order == DateOrder::YearFirst || std::ranges::any_of(scanners_, has_year_first);
    for (ColumnScanner& scanner : scanners_) scanner.state_->settle_short_years(year_is_usual);
    std::uint32_t likely = 0, leaning = 0;
    const bool all_dotted = std::ranges::all_of(scanners_, [](const ColumnScanner& one) { return !one.state_->has_numeric_dates() || one.state_->is_dotted(); });
    for (ColumnScanner& scanner : scanners_) {
        ColumnScanner::State& state = *scanner.state_;
        if (!state.date.alive || state.date.fits == 0) continue;
        state.profile.dots_are_day_first = !given_order && state.dotted > 0 && !state.dots_say_otherwise;
        const std::optional<DateOrder> named = given_order ? std::nullopt : state.named_order;
        if (named && state.proofs_of(*named) == state.day_first.count + state.month_first.count + state.year_first.count) {
            state.profile.date_order = named;
            continue;
        }
        if (!given_order && !all_dotted && state.is_dotted()) {  // beside slashes they don't depend on each other
            state.profile.date_order = DateOrder::DayFirst;
            continue;
        }
        day_first.add(state.day_first, state.profile.header);
        month_first.add(state.month_first, state.profile.header);
        year_first.add(state.year_first, state.profile.header);
        undecided.add(state.undecided, state.profile.header);
        likely += state.is_likely ? state.day_or_year.count : 0;
        leaning += state.leans ? state.day_or_year.count : 0;
    }
    DateOrderFinding& finding = date_order_;
    finding.is_given = given_order.has_value();
    finding.is_needed = day_first.count + month_first.count + year_first.count + undecided.count > 0;
    finding.order = given_order.value_or(finding.is_needed && all_dotted ? DateOrder::DayFirst : usual_order);
    if (!finding.is_needed) return;
    if (decide_by_column()) {
        finding.is_certain = true;
        for (const ColumnScanner& scanner : scanners_) {
            const ColumnScanner::State& state = *scanner.state_;
            const DateEvidence& open = state.leans ? state.day_or_year : state.undecided;
            if (!state.date.alive || (state.profile.date_order && !state.leans) || open.count == 0) continue;
            finding.is_certain = false;
            finding.sample = open.sample;
            finding.sample_row = open.row;
            finding.column = state.profile.header;
        }
        finding.is_needed = !finding.is_certain;
        return;
    }
    const Sum* best = &day_first;
    if (month_first.count > best->count) best = &month_first;
    if (year_first.count > best->count) best = &year_first;
    const DateOrder found = best == &year_first ? DateOrder::YearFirst : best == &month_first ? DateOrder::MonthFirst : DateOrder::DayFirst;
    const Sum& other = best == &day_first ? month_first : day_first;
    if (best->count == 0) {
        finding.sample = undecided.sample;
        finding.sample_row = undecided.row;
        finding.column = undecided.column;
        return;
    }
    finding.is_certain = given_order || best->count > leaning;
    // What is as good as certain is neither asked about nor said to be proven.
    if (best->count == likely && leaning == 0 && !given_order) finding.is_needed = false;
    if (!given_order) finding.order = found;
    finding.sample = best->sample;
    finding.sample_row = best->row;
    finding.column = best->column;
    finding.opposite_sample = other.sample;
    finding.opposite_row = other.row;
    finding.opposite_column = other.column;
    // A few slips among many dates are bad rows; more of them make every undecided date doubtful.
    finding.is_mixed = !given_order && other.count > 0 && other.count * 50 > best->count;
}

void FileInference::decide_number_styles(char given_decimal) {
    const auto votes = [](const ColumnScanner::State& state, NumberHint hint) { return state.hints[static_cast<std::size_t>(hint)]; };
    std::uint32_t comma_columns = 0, point_columns = 0;
    for (const ColumnScanner& scanner : scanners_) {
        const ColumnScanner::State& state = *scanner.state_;
        if (!state.number.holds()) continue;
        const std::uint32_t point = votes(state, NumberHint::PointDecimal), comma = votes(state, NumberHint::CommaDecimal);
        comma_columns += comma > point;
        point_columns += point > comma;
    }
    for (ColumnScanner& scanner : scanners_) {
        ColumnScanner::State& state = *scanner.state_;
        if (!state.number.alive || state.number.fits == 0) continue;
        const std::uint32_t point = votes(state, NumberHint::PointDecimal), comma = votes(state, NumberHint::CommaDecimal);
        const std::uint32_t ambiguous_point = votes(state, NumberHint::AmbiguousPoint), ambiguous_comma = votes(state, NumberHint::AmbiguousComma);
        ColumnProfile& profile = state.profile;
        if (point != comma) {
            profile.number_style.decimal = comma > point ? ',' : '.';
        } else if (ambiguous_point + ambiguous_comma > 0) {
            // "1,234" alone: other columns decide, then the delimiter (programs that write a decimal comma part cells by ";").
            profile.number_style_certain = given_decimal != '\0' || comma_columns != point_columns;
            // Money has no three decimals, so that there they are thousands whatever the delimiter.
            const bool says_thousands = (ambiguous_point == 0 || ambiguous_comma == 0) && (state.currencies > 0 || header_says_money(profile.header));
            const bool comma_style = given_decimal != '\0'              ? given_decimal == ','
                                     : comma_columns != point_columns ? comma_columns > point_columns
                                     : says_thousands                 ? ambiguous_point > 0
                                                                      : delimiter_ == ';';
            profile.number_style.decimal = comma_style ? ',' : '.';
        }
        const bool comma_style = profile.number_style.decimal == ',';
        const NumberHint decided = comma_style ? NumberHint::CommaDecimal : NumberHint::PointDecimal;
        const NumberHint with_decimals = comma_style ? NumberHint::AmbiguousComma : NumberHint::AmbiguousPoint;
        profile.decimals = std::max(state.decimals_by_hint[static_cast<std::size_t>(decided)], state.decimals_by_hint[static_cast<std::size_t>(with_decimals)]);
    }
}

[[gnu::noinline]] void FileInference::finish(std::optional<DateOrder> given_order, DateOrder usual_order, char given_decimal) {
    decide_date_order(given_order, usual_order);
    decide_number_styles(given_decimal);
    for (ColumnScanner& scanner : scanners_) {
        scanner.state_->conclude();
        profiles_.push_back(std::move(scanner.state_->profile));
    }
    scanners_.clear();
}

}  // namespace outpost
