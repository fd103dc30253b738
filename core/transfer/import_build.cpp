#include "core/transfer/import_build.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/derived.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/standard_call.h"
#include "core/transfer/column_fit.h"
#include "core/transfer/import_targets.h"

namespace outpost {

namespace {

std::string place(const BuildContext& context, std::uint32_t column) { return context.source.headers()[column]; }

void add_fault(const BuildContext& context, const BuiltColumn& built, std::uint32_t row, ErrorCode code, const char* key, std::string_view value,
               std::string more = {}) {
    Error error{code, key, {place(context, built.column), shown_value(value), std::move(more)}, context.object.name, built.field.name};
    context.faults.push_back({row, std::move(error)});
}

std::ptrdiff_t count_digits(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The first address in a cell: "a@x.com, b@y.com", "a@x.com ::: b@y.com", "Ann <a@x.com>", "mailto:a@x.com".
std::string_view first_email(std::string_view text, bool& has_others) {
    std::string_view first;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n,;:<>()[]\""), text.size());
        const std::string_view part = text.substr(0, end);
        if (is_valid_email(part)) {
            if (first.empty()) first = part;
            has_others = has_others || !equals_ignoring_ascii_case(part, first);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return first;
}

// The first number in a cell of several, "1 ::: 2" as Google writes them; else the text as it is, with its extension.
std::string_view first_phone(std::string_view text, bool& has_others) {
    const std::size_t end = std::min(text.find_first_of(",;"), text.find(" ::: "));
    if (end >= text.size()) return text;
    const std::size_t next = text.find_first_not_of(" ,;:", end);
    const auto is_number = [](std::string_view one) { return one.find_first_of("0123456789+(") == 0 && count_digits(one) > 5; };
    has_others = is_number(text.substr(0, end)) && next < text.size() && is_number(text.substr(next));
    return has_others ? trim(text.substr(0, end)) : text;
}

void build_text(const BuildContext& context, BuiltColumn& built, std::uint32_t row, std::string_view value) {
    const Field& field = built.field;
    if (field.type == FieldType::Phone) {
        bool has_others = false;
        value = first_phone(value, has_others);
        built.of_several += has_others;
    }
    if (field.type == FieldType::Email && !is_valid_email(value)) {
        bool has_others = false;
        const std::string_view usable = first_email(value, has_others);
        built.of_several += has_others;
        if (usable.empty() && !is_unset_marker(value)) add_fault(context, built, row, ErrorCode::InvalidEmailAddress, "import.bad_email", value);
        value = usable;
    }
    if (value.size() > field.length && count_code_points(value) > field.length) {
        add_fault(context, built, row, ErrorCode::StringTooLong, "import.too_long", value, std::to_string(field.length));
        value = {};
    }
    built.values.mutable_texts().push_back(value);
}

void build_number(const BuildContext& context, BuiltColumn& built, std::uint32_t row, std::string_view value) {
    const Field& field = built.field;
    const ColumnPlan& plan = context.plan.columns[built.column];
    std::int64_t units = null_decimal;
    const ColumnProfile& profile = context.source.columns()[built.column];
    auto number = read_number(value, profile.number_style);
    // A field of whole numbers tells what a column leaves open: "2,500" are thousands.
    if (!profile.number_style_certain && field.scale == 0 && field.type == FieldType::Number && number && number->scale > 0)
        number = read_number(value, {profile.number_style.decimal == ',' ? '.' : ','});
    const bool is_call_duration = context.plan.object == standard_object::task && field.index == task_field::call_duration;
    if (profile.is_duration || is_call_duration)
        if (const auto seconds = read_duration(value, profile.header, profile.bare_milliseconds)) number = Decimal{*seconds, 0};
    const auto fault = [&](const char* key) { add_fault(context, built, row, ErrorCode::NumberOutsideValidRange, key, value, std::to_string(field.scale)); };
    if (!number && count_digits(value.substr(0, value.find(profile.number_style.decimal))) > 18 && value.find_first_not_of("0123456789., '") == std::string_view::npos) {
        fault("import.number_too_large");
    } else if (!number) {
        add_fault(context, built, row, ErrorCode::InvalidType, "import.bad_number", value);
    } else {
        if (plan.is_fraction_of_one) number = percent_of_fraction(*number);
        const Rounding rounding = field.type == FieldType::Percent ? Rounding::HalfUp : Rounding::Refuse;
        const auto fitted = number ? rescale(*number, field.scale, rounding) : std::nullopt;
        const std::int64_t limit = field.precision >= 18 ? power_of_ten(18) : power_of_ten(field.precision);
        if (!fitted && number && rescale(*number, field.scale, Rounding::HalfUp)) fault("import.too_many_decimals");
        else if (!fitted || fitted->units >= limit || fitted->units <= -limit) fault("import.number_too_large");
        else units = fitted->units;
        built.was_rounded = built.was_rounded || (fitted && compare(*fitted, *number) != 0);
    }
    built.values.mutable_int64().push_back(units);
}

void build_day(const BuildContext& context, BuiltColumn& built, std::uint32_t row, std::string_view value) {
    auto day = read_date(value, date_order(context.source, context.plan, built.column, value));
    if (!day && context.plan.object == standard_object::forecasting_quota && built.field.index == forecasting_quota_field::start_date)
        if (const auto period = read_period(value, context.fiscal_start_month)) day = period->first;
    if (!day && is_day_without_year(value)) ++built.without_year;
    else if (!day) add_fault(context, built, row, ErrorCode::InvalidType, "import.bad_date", value);
    built.values.mutable_days().push_back(day.value_or(null_day));
}

void build_instant(const BuildContext& context, BuiltColumn& built, std::uint32_t row, std::string_view value) {
    const auto moment = read_row_moment(context, built.column, row);
    if (!moment) add_fault(context, built, row, ErrorCode::InvalidType, "import.bad_date", value);
    built.values.mutable_int64().push_back(moment ? moment->at : null_instant);
}

void build_flag(const BuildContext& context, BuiltColumn& built, std::uint32_t row, std::string_view value) {
    const auto flag = read_checkbox(value);
    if (!flag) add_fault(context, built, row, ErrorCode::InvalidType, "import.bad_checkbox", value);
    built.values.mutable_flags().push_back(flag.value_or(false));
}

void push_null(BuiltColumn& built) {
    switch (built.values.kind()) {
        case ColumnKind::Text: built.values.mutable_texts().push_back({}); return;
        case ColumnKind::Decimal: built.values.mutable_int64().push_back(null_decimal); return;
        case ColumnKind::Instant: built.values.mutable_int64().push_back(null_instant); return;
        case ColumnKind::Day: built.values.mutable_days().push_back(null_day); return;
        case ColumnKind::Flag: built.values.mutable_flags().push_back(0); return;
        case ColumnKind::Code: built.values.mutable_codes().push_back(0); return;
        case ColumnKind::Row: built.values.mutable_rows().push_back(no_row); return;
        case ColumnKind::Ref: built.values.mutable_refs().push_back({}); return;
        case ColumnKind::None: return;
    }
}

using CellBuilder = void (*)(const BuildContext&, BuiltColumn&, std::uint32_t, std::string_view);

CellBuilder builder_of(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::Decimal: return build_number;
        case ColumnKind::Day: return build_day;
        case ColumnKind::Instant: return build_instant;
        case ColumnKind::Flag: return build_flag;
        default: return build_text;
    }
}

void push_record(BuiltColumn& built, RecordRef record) {
    if (built.values.kind() == ColumnKind::Row) built.values.mutable_rows().push_back(record.row);
    else built.values.mutable_refs().push_back(record);
}

void add_value_fault(const BuildContext& context, const BuiltColumn& built, std::uint32_t row, const ValueDecision& decision, const std::string& value,
                     const Records& records) {
    const bool is_lookup = built.field.is_lookup();
    Error error{is_lookup ? ErrorCode::InvalidCrossReferenceKey : ErrorCode::InvalidPicklistValue, {}, {place(context, built.column), shown_value(value)},
                context.object.name, built.field.name};
    if (is_lookup) {
        const auto& matches = context.plan.columns[built.column].matches;
        error.arguments.push_back(matches.empty() ? std::string() : object_argument(records.schema().object(matches[0].object)));
    } else {
        error.arguments.push_back(field_argument(context.object, built.field));
    }
    if (decision.outcome == ValueOutcome::Ambiguous) {
        error.message_key = "import.ambiguous";
        std::string list;
        for (const std::string& match : decision.matches) list += (list.empty() ? "" : ", ") + match;
        error.arguments.push_back(std::move(list));
    } else if (!decision.suggestion.empty() && decision.suggestion != value) {
        error.message_key = is_lookup ? "import.record_alike" : "import.value_alike";
        error.arguments.push_back(decision.suggestion);
    } else {
        const auto& matches = context.plan.columns[built.column].matches;
        const auto is_numbered = [&] { return !matches.empty() && records.schema().object(matches[0].object).field(matches[0].field).type == FieldType::AutoNumber; };
        error.message_key = !is_lookup ? "import.value_unknown" : looks_like_salesforce_id(value) ? "import.id_unknown" : matches.size() > 1 ? "import.nothing_named"
                            : is_numbered() ? "import.record_numbered" : "import.record_unknown";
    }
    context.faults.push_back({row, std::move(error)});
}

}  // namespace

DateOrder date_order(const ImportSource& source, const ImportPlan& plan, std::uint32_t column, std::string_view text) {
    if (source.columns()[column].dots_are_day_first && scan_date(text).is_dotted) return DateOrder::DayFirst;
    return source.columns()[column].date_order.value_or(plan.date_order);
}

std::optional<Decimal> percent_of_fraction(Decimal fraction) {
    std::optional<Decimal> percent = fraction;
    if (fraction.scale < 2) percent = rescale(fraction, 2, Rounding::Refuse);
    if (percent) percent->scale = static_cast<std::uint8_t>(percent->scale - 2);
    return percent;
}

std::optional<Moment> read_row_moment(const BuildContext& context, std::uint32_t column, std::uint32_t row) {
    std::string scratch;
    const std::string_view cell = context.source.cell(row, column, scratch);
    std::optional<Moment> moment = read_moment(cell, date_order(context.source, context.plan, column, cell));
    const std::optional<std::uint32_t> times = context.plan.columns[column].time_column;
    if (moment && !moment->has_time && times && context.plan.columns[*times].action == ColumnAction::Skip) {
        const auto time = read_time_of_day(context.source.cell(row, *times, scratch));
        moment->has_time = time.has_value();
        moment->at += time.value_or(0);
    }
    if (moment && !moment->has_zone) moment->at = context.local_time.to_utc(moment->at);
    return moment;
}

bool is_unset(const ColumnPlan& plan, std::string_view value) {
    return std::any_of(plan.unset_markers.begin(), plan.unset_markers.end(), [&](const std::string& marker) {
        return marker.size() == value.size() && equals_ignoring_ascii_case(marker, value);
    });
}

void build_cells(const BuildContext& context, BuiltColumn& built, std::uint32_t first, std::uint32_t end) {
    const ColumnPlan& plan = context.plan.columns[built.column];
    const CellBuilder build = builder_of(built.values.kind());
    const bool has_markers = !plan.unset_markers.empty();
    std::string scratch, joined;
    for (std::uint32_t row = first; row < end; ++row) {
        std::string_view value = context.source.cell(row, built.column, scratch);
        if (plan.house_column || plan.whole_column || plan.line_column) value = street_of_parts(context, plan, row, value, joined);
        if (value.empty() || (has_markers && is_unset(plan, value))) push_null(built);
        else build(context, built, row, value);
    }
}

void build_decided(const BuildContext& context, BuiltColumn& built, const ColumnDecisions& decided, const std::vector<RecordsToCreate>& groups,
                   const Records& records, std::uint32_t first, std::uint32_t end) {
    const std::vector<std::uint32_t>& of_row = decided.distinct.of_row();
    for (std::uint32_t row = first; row < end; ++row) {
        const std::uint32_t index = of_row[row];
        const ValueDecision* decision = index == no_index ? nullptr : &decided.decisions[index];
        std::uint32_t in_file = no_index, to_create = no_index;
        if (!decision || decision->outcome == ValueOutcome::Empty) {
            push_null(built);
        } else if (decision->outcome == ValueOutcome::Unknown || decision->outcome == ValueOutcome::Ambiguous) {
            add_value_fault(context, built, row, *decision, decision->text.empty() ? std::string(decided.distinct.value(index)) : decision->text, records);
            push_null(built);
        } else if (built.values.kind() == ColumnKind::Code) {
            built.values.mutable_codes().push_back(decision->code);
        } else if (built.values.kind() == ColumnKind::Text) {
            built.values.mutable_texts().push_back(decision->text);
        } else {
            push_record(built, decision->outcome == ValueOutcome::Found ? decision->record : RecordRef{});
            if (decision->outcome == ValueOutcome::InFile) in_file = decision->file_row;
            if (decision->outcome == ValueOutcome::Create) to_create = decision->to_create;
        }
        if (in_file != no_index && built.in_file.empty()) built.in_file.assign(row, no_index);
        if (in_file != no_index || !built.in_file.empty()) built.in_file.push_back(in_file);
        if (to_create != no_index) {
            if (built.to_create.empty()) built.to_create.assign(row, no_index);
            for (auto group = groups.begin(); group->match != decision->create_match; ++group) to_create += static_cast<std::uint32_t>(group->texts.size());
        }
        if (to_create != no_index || !built.to_create.empty()) built.to_create.push_back(to_create);
    }
}

void merge_lookups(std::vector<BuiltColumn>& columns, const ImportPlan& plan) {
    const auto object_of = [&](const BuiltColumn& built) { return plan.columns[built.column].matches.front().object; };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (plan.columns[columns[i].column].action != ColumnAction::Lookup || columns[i].values.kind() != ColumnKind::Ref) continue;
        for (std::size_t j = i + 1; j < columns.size(); ++j) {
            BuiltColumn &kept = columns[i], &other = columns[j];
            if (plan.columns[other.column].action != ColumnAction::Lookup || other.field.index != kept.field.index) continue;
            if (object_of(kept) < object_of(other)) std::swap(kept, other);
            std::vector<RecordRef>&refs = kept.values.mutable_refs(), &more = other.values.mutable_refs();
            for (std::uint32_t row = 0; row < kept.values.size(); ++row) {
                if (!kept.values.is_null(row) || (!kept.to_create.empty() && kept.to_create[row] != no_index)) continue;
                refs[row] = more[row];
                if (other.to_create.empty() || other.to_create[row] == no_index) continue;
                kept.to_create.resize(kept.values.size(), no_index);
                kept.to_create[row] = other.to_create[row];
            }
            columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(j--));
        }
    }
}

void build_outcomes(const BuildContext& context, BuiltColumn& stages, std::uint32_t first, std::uint32_t end) {
    const std::vector<PicklistValue>& values = stages.field.values;
    std::uint16_t ends[2] = {0, 0};  // lost, won
    for (const std::uint16_t code : stages.field.codes_in_order(true))
        if (const PicklistValue& value = values[code - 1u]; value.closed && ends[value.won] == 0) ends[value.won] = code;
    std::string scratch;
    for (std::uint32_t row = first; row < end; ++row) {
        const std::optional<bool> won = read_outcome_cell(context.source.cell(row, *context.plan.outcome_column, scratch));
        std::uint16_t& code = stages.values.mutable_codes()[row];
        if (!won || ends[*won] == 0) continue;
        if (code == 0 || !values[code - 1u].closed || values[code - 1u].won != *won) code = ends[*won];
    }
}

void build_names(const BuildContext& context, BuiltColumn& first_names, BuiltColumn& last_names, std::uint32_t first, std::uint32_t end) {
    const ColumnPlan& plan = context.plan.columns[first_names.column];
    std::string scratch;
    for (std::uint32_t row = first; row < end; ++row) {
        const std::string_view value = context.source.cell(row, first_names.column, scratch);
        if (value.empty() || is_unset(plan, value)) {
            push_null(first_names);
            push_null(last_names);
            continue;
        }
        const auto [first_name, last_name] = split_person_name(value);
        build_text(context, first_names, row, first_name);
        build_text(context, last_names, row, last_name);
    }
}

void merge_names(std::vector<BuiltColumn>& columns, const ImportPlan& plan) {
    const auto [first_field, last_field] = person_name_fields(plan.object);
    struct Names { BuiltColumn *first = nullptr, *last = nullptr; };
    Names own;                   // columns of their own
    std::vector<Names> whole;    // pairs
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (plan.columns[columns[i].column].action == ColumnAction::FullName && i + 1 < columns.size()) {
            whole.push_back({&columns[i], &columns[i + 1]});
            ++i;
        } else if (columns[i].field.index == first_field) {
            own.first = &columns[i];
        } else if (columns[i].field.index == last_field) {
            own.last = &columns[i];
        }
    }
    if (whole.empty() || (whole.size() == 1 && !own.first && !own.last)) return;
    const auto text = [](const BuiltColumn* built, RowIndex row) { return built ? built->values.text(row) : std::string_view(); };
    BuiltColumn first = *(own.first ? own.first : whole[0].first), last = *(own.last ? own.last : whole[0].last);
    first.values = Column(ColumnKind::Text);
    last.values = Column(ColumnKind::Text);
    for (RowIndex row = 0; row < whole[0].first->values.size(); ++row) {
        Names from = own;
        for (const Names& pair : whole)
            if (text(from.last, row).empty()) from.last = pair.last, from.first = text(own.first, row).empty() ? pair.first : own.first;
        if (!from.first) from.first = whole[0].first;   // "Name, Last Name"
        first.values.mutable_texts().push_back(text(from.first, row));
        last.values.mutable_texts().push_back(text(from.last, row));
    }
    std::erase_if(columns, [&](const BuiltColumn& built) { return built.field.index == first_field || built.field.index == last_field; });
    columns.push_back(std::move(first));
    columns.push_back(std::move(last));
}

void put_on_one_line(BuiltColumn& built) {
    if (built.values.kind() != ColumnKind::Text || !is_of_one_line(built.field)) return;
    TextColumn& texts = built.values.mutable_texts();
    const std::string_view all(texts.arena().data(), texts.arena().size());
    if (all.find('\n') == std::string_view::npos && all.find('\r') == std::string_view::npos) return;
    for (RowIndex row = 0; row < texts.size(); ++row) {
        if (texts.get(row).find_first_of("\r\n") == std::string_view::npos) continue;
        std::string text(texts.get(row));
        put_on_one_line(text);
        texts.set(row, text);
    }
}

void build_joined_name(const BuildContext& context, BuiltColumn& built, std::uint32_t first, std::uint32_t end) {
    built.for_new_only = true;
    std::string scratch, name;
    for (std::uint32_t row = first; row < end; ++row) {
        name.clear();
        for (const std::uint32_t column : context.plan.name_columns) {
            const std::string_view part = context.source.cell(row, column, scratch);
            if (part.empty() || is_unset(context.plan.columns[column], part)) continue;
            if (!name.empty()) name += " \xE2\x80\x93 ";
            name += part;
        }
        if (name.empty())  // rather the first cell that says anything than a record that can't be made
            for (std::uint32_t column = 0; column < context.source.column_count() && name.empty(); ++column) name = context.source.cell(row, column, scratch);
        // Nobody wrote this name, so none is refused for its length.
        for (std::size_t at = 0, left = built.field.length; at < name.size(); ++at)
            if ((static_cast<unsigned char>(name[at]) & 0xC0) != 0x80 && left-- == 0) name.resize(at);
        build_text(context, built, row, name);
    }
}

}  // namespace outpost
