#include "core/transfer/import_commit.h"

#include <algorithm>
#include <map>

#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/edit/activity_rules.h"
#include "core/edit/define.h"
#include "core/edit/derived.h"
#include "core/edit/line_items.h"
#include "core/edit/picklist_rules.h"
#include "core/edit/queue_members.h"
#include "core/edit/record_checks.h"
#include "core/edit/validate.h"
#include "core/objects/equality_index.h"
#include "core/objects/field_text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/objects/standard_list_view.h"
#include "core/transfer/import_named.h"
#include "core/transfer/value_text.h"

namespace outpost {

namespace {

constexpr int attempts_max = 8;

class Committer {
public:
    Committer(Editor& editor, Transaction& transaction, ImportBatch& batch, ImportReport& report, bool is_trial)
        : editor_(editor), transaction_(transaction), batch_(batch), report_(report), is_trial_(is_trial) {
        batch.is_bad.assign(batch.rows, false);
        for (const RowFault& fault : batch.faults) batch.is_bad[fault.row] = true;
    }

    Result<CommandOutcome> run() {
        OUTPOST_CHECK(make_fields());
        OUTPOST_CHECK(make_values());
        OUTPOST_CHECK(make_named_records());
        sort_rows();
        OUTPOST_CHECK(create_rows());
        const Status updated = update_rows();
        if (is_trial_ || !updated) forget_fields();
        OUTPOST_CHECK(updated);
        CommandOutcome outcome;
        outcome.record_count = report_.created + report_.updated;
        return outcome;
    }

private:
    const Object& object() const { return transaction_.records().schema().object(batch_.object); }

    Status make_fields() {
        for (BuiltColumn& column : batch_.columns) {
            if (column.field.index != no_field) continue;
            OUTPOST_CHECK(define_field(transaction_, DefineField{batch_.object, column.field}));
            column.field = *object().find_field(column.field.name);
            report_.fields_made.push_back(column.field.name);
        }
        return {};
    }

    // The fields that were made go with the transaction.
    void forget_fields() {
        for (BuiltColumn& column : batch_.columns)
            if (std::ranges::find(report_.fields_made, column.field.name) != report_.fields_made.end()) column.field.index = no_field;
    }

    Status make_values() {
        for (ColumnDecisions& decided : *batch_.decisions) {
            if (!decided.field_grew || decided.field.index == no_field) continue;
            const Field& before = object().field(decided.field.index);
            for (std::size_t i = before.values.size(); i < decided.field.values.size(); ++i)
                report_.values_made.push_back({before.name, decided.field.values[i].value});
            SchemaChange change;
            change.object = batch_.object;
            change.field = decided.field.index;
            change.field_after = std::make_shared<const Field>(decided.field);
            OUTPOST_CHECK(transaction_.change_schema(std::move(change)));
        }
        return {};
    }

    // Records that lookups name, of one object. `first`: the place of its first one among those of all groups together.
    struct Named {
        const RecordsToCreate& group;
        const Object& target;
        std::size_t first;
        std::vector<std::size_t> wanted;   // places in the group
        std::vector<std::string> texts;
    };

    // Tells of every cell that names one of the group. What only refused rows name isn't made.
    template <typename Visit>
    void each_cell(const Named& named, Visit visit) {
        for (BuiltColumn& column : batch_.columns)
            for (std::uint32_t row = 0; row < column.to_create.size(); ++row)
                if (const std::size_t at = column.to_create[row] - named.first; column.to_create[row] >= named.first && at < named.group.texts.size()) visit(column, row, at);
    }
    void find_wanted(Named& named) {
        std::vector<bool> wanted(named.group.texts.size(), false);
        each_cell(named, [&](BuiltColumn&, std::uint32_t row, std::size_t at) { wanted[at] = wanted[at] || !batch_.is_bad[row]; });
        named.wanted.clear();
        named.texts.clear();
        for (std::size_t at = 0; at < wanted.size(); ++at) {
            if (!wanted[at]) continue;
            named.wanted.push_back(at);
            named.texts.push_back(named.group.texts[at]);
        }
    }
    std::vector<FieldColumn> columns_of(const Named& named) const { return make_named_columns(named.target, named.target.field(named.group.match.field), named.texts); }

    // A record that is refused takes only the rows along that name it, or these do without. False: all are let in.
    bool give_up_refused(const Named& named) {
        std::map<std::size_t, std::string> reasons;
        check_new_records(transaction_.records(), named.target.index, static_cast<std::uint32_t>(named.texts.size()), columns_of(named), [&](RowIndex i, const Error& error) {
            std::string& reason = reasons[named.wanted[i]];
            reason += (reason.empty() ? "" : " ") + batch_.messages->error(error);
        });
        if (reasons.empty()) return false;
        each_cell(named, [&](BuiltColumn& column, std::uint32_t row, std::size_t at) {
            const auto reason = reasons.find(at);
            if (reason == reasons.end()) return;
            if (batch_.plan->create_missing.leave_empty) {
                column.to_create[row] = no_index;
                set_reference(column.values, row, {});
                ++column.left_empty;
                return;
            }
            batch_.faults.push_back({row, Error{ErrorCode::InvalidCrossReferenceKey, "import.record_refused",
                                                {batch_.source->headers()[column.column], shown_value(named.group.texts[at]), object_argument(named.target), reason->second},
                                                object().name, column.field.name}});
            batch_.is_bad[row] = true;
        });
        return true;
    }

    Status make_named_records() {
        std::size_t first = 0;
        for (const RecordsToCreate& group : *batch_.groups) {
            Named named{group, transaction_.records().schema().object(group.match.object), first, {}, {}};
            first += group.texts.size();
            do find_wanted(named);
            while (!named.texts.empty() && give_up_refused(named));
            if (named.texts.empty()) continue;
            const auto count = static_cast<std::uint32_t>(named.texts.size());
            OUTPOST_TRY(const RowIndex made, transaction_.create_many(named.target.index, count, columns_of(named)));
            report_.records_made += count;
            std::vector<RowIndex> rows(group.texts.size(), no_row);
            for (RowIndex i = 0; i < count; ++i) rows[named.wanted[i]] = made + i;
            each_cell(named, [&](BuiltColumn& column, std::uint32_t row, std::size_t at) {
                if (!batch_.is_bad[row]) set_reference(column.values, row, {named.target.index, rows[at]});
            });
        }
        return {};
    }

    static void set_reference(Column& values, std::uint32_t row, RecordRef record) {
        if (values.kind() == ColumnKind::Row) values.mutable_rows()[row] = record.row;
        else values.mutable_refs()[row] = record;
    }

    bool exists(std::uint32_t row) const { return !batch_.existing.empty() && batch_.existing[row] != no_row; }

    // Rows that point to a bad row of the file are bad as well, and so on; a record that is there stays there.
    void spread_faults() {
        for (bool again = true; again;) {
            again = false;
            for (const BuiltColumn& column : batch_.columns) {
                for (std::uint32_t row = 0; row < column.in_file.size(); ++row) {
                    const std::uint32_t to = column.in_file[row];
                    if (to == no_index || batch_.is_bad[row] || !batch_.is_bad[to] || exists(to)) continue;
                    Error error{ErrorCode::InvalidCrossReferenceKey, "import.points_to_bad_row", {batch_.source->headers()[column.column], std::to_string(batch_.source->row_number(to))},
                                object().name, column.field.name};
                    batch_.faults.push_back({row, std::move(error)});
                    batch_.is_bad[row] = again = true;
                }
            }
        }
    }

    // Good rows into those to make and those to update; lookups into the file get their rows.
    void sort_rows() {
        spread_faults();
        to_make_.clear();
        to_update_.clear();
        for (std::uint32_t row = 0; row < batch_.rows; ++row) {
            if (batch_.is_bad[row]) continue;
            (exists(row) ? to_update_ : to_make_).push_back(row);
        }
        sort_stably(to_update_, [&](std::uint32_t a, std::uint32_t b) { return batch_.existing[a] < batch_.existing[b]; });
        const bool any_in_file = std::any_of(batch_.columns.begin(), batch_.columns.end(), [](const BuiltColumn& column) { return !column.in_file.empty(); });
        if (!any_in_file) return;
        std::vector<RowIndex> record_of(batch_.rows, no_row);
        const RowIndex first = transaction_.records().table(batch_.object).row_count();
        for (std::uint32_t i = 0; i < to_make_.size(); ++i) record_of[to_make_[i]] = first + i;
        for (std::uint32_t row = 0; row < batch_.rows; ++row)
            if (exists(row)) record_of[row] = batch_.existing[row];
        for (BuiltColumn& column : batch_.columns)
            for (std::uint32_t row = 0; row < column.in_file.size(); ++row)
                if (column.in_file[row] != no_index) set_reference(column.values, row, {batch_.object, record_of[column.in_file[row]]});
    }

    bool is_record_id(const BuiltColumn& column) const { return column.field.type == FieldType::Id; }

    std::vector<FieldColumn> columns_of(const std::vector<std::uint32_t>& rows) {
        std::vector<FieldColumn> columns;
        for (BuiltColumn& column : batch_.columns) {
            if (is_record_id(column)) continue;
            columns.push_back({column.field.index, column.values.gather(rows)});
        }
        return columns;
    }

    // The columns themselves, when all rows are new, and back again when some turn out to be bad.
    std::vector<FieldColumn> take_columns() {
        std::vector<FieldColumn> columns;
        for (BuiltColumn& column : batch_.columns)
            if (!is_record_id(column)) columns.push_back({column.field.index, std::move(column.values)});
        return columns;
    }
    void give_back(std::vector<FieldColumn> columns) {
        std::size_t next = 0;
        for (BuiltColumn& column : batch_.columns)
            if (!is_record_id(column)) column.values = std::move(columns[next++].values);
    }

    bool add_faults(const std::vector<std::uint32_t>& rows, std::vector<RowFault> found) {
        for (RowFault& fault : found) {
            fault.row = rows[fault.row];
            batch_.is_bad[fault.row] = true;
            batch_.faults.push_back(std::move(fault));
        }
        return !found.empty();
    }

    Status create(std::uint32_t count, std::vector<FieldColumn> columns) {
        const auto owners = std::ranges::find(columns, system_field::owner, &FieldColumn::field);
        const RowIndex first = transaction_.records().table(batch_.object).row_count();
        batch_.without_owner.clear();
        for (RowIndex i = 0; i < count; ++i)
            if (owners == columns.end() || owners->values.is_null(i)) batch_.without_owner.push_back(first + i);
        // An event's columns were completed since.
        const NewRecords are = batch_.object == standard_object::event ? NewRecords::AreUnchecked : NewRecords::AreChecked;
        OUTPOST_CHECK(transaction_.create_many(batch_.object, count, std::move(columns), are));
        return {};
    }

    Status create_rows() {
        for (int attempt = 0; attempt < attempts_max && !to_make_.empty(); ++attempt) {
            const auto count = static_cast<std::uint32_t>(to_make_.size());
            const bool all = count == batch_.rows;
            std::vector<FieldColumn> columns = all ? take_columns() : columns_of(to_make_);
            std::vector<RowFault> found;
            const auto sink = [&](RowIndex row, Error error) { found.push_back({row, std::move(error)}); };
            check_new_records(transaction_.records(), batch_.object, count, columns, sink);
            check_series_ends(transaction_.records(), *transaction_.context().clock, batch_.object, {}, count, columns, sink);
            if (batch_.object == standard_object::event) {
                check_event_times(transaction_.records(), {}, count, columns, sink);
                complete_zones(count, columns);
                check_zones(columns, sink);
            }
            if (found.empty()) {
                report_.created = count;
                if (!is_trial_ || !to_update_.empty()) return create(count, std::move(columns));
                if (all) give_back(std::move(columns));
                return {};
            }
            if (all) give_back(std::move(columns));
            add_faults(to_make_, std::move(found));
            sort_rows();
        }
        if (to_make_.empty()) return {};
        return fail(ErrorCode::FieldIntegrity, "import.rows_refused");
    }

    Status update_rows() {
        for (int attempt = 0; attempt < attempts_max && !to_update_.empty(); ++attempt) {
            std::vector<RowIndex> rows;
            for (const std::uint32_t row : to_update_) rows.push_back(batch_.existing[row]);
            std::vector<FieldColumn> columns;
            std::vector<RowFault> found;
            fill_updates(rows, columns, found);
            if (found.empty()) {
                report_.updated = static_cast<std::uint32_t>(rows.size());
                report_.unchanged = static_cast<std::uint32_t>(std::ranges::count(changes_, false));
                return columns.empty() ? Status{} : write_updates(rows, columns);
            }
            add_faults(to_update_, std::move(found));
            std::erase_if(to_update_, [&](std::uint32_t row) { return batch_.is_bad[row]; });
        }
        if (to_update_.empty()) return {};
        return fail(ErrorCode::FieldIntegrity, "import.rows_refused");
    }

    // Where the file gives an event's end as it is, it stays when its start goes.
    std::vector<FieldValue> changed_values(RowIndex row, RowIndex i, const std::vector<FieldColumn>& columns) const {
        const auto differs = [&](const FieldColumn& column) { return !column.values.equal_at(i, transaction_.records().table(batch_.object).column(column.field), row); };
        const auto starts = batch_.object == standard_object::event ? std::ranges::find(columns, event_field::start, &FieldColumn::field) : columns.end();
        const bool is_moved = starts != columns.end() && differs(*starts);
        std::vector<FieldValue> changed;
        for (const FieldColumn& column : columns)
            if (differs(column) || (is_moved && column.field == event_field::end)) changed.push_back({column.field, column.values.get(i, object().field(column.field))});
        return changed;
    }

    // A task that is completed goes on to its next day, a reminder goes along with its task or event: such rows are
    // updated as a person would, one by one.
    bool brings_others(RowIndex row, const std::vector<FieldValue>& changed) const {
        const bool is_task = batch_.object == standard_object::task;
        const FieldIndex rule = is_task ? task_field::recurrence : event_field::recurrence, reminder = is_task ? task_field::reminder : event_field::reminder;
        const auto changes = [&](FieldIndex field) { return std::ranges::find(changed, field, &FieldValue::field) != changed.end(); };
        if (changes(rule) || changes(reminder)) return true;
        const Table& table = transaction_.records().table(batch_.object);
        if (table.column(rule).is_null(row) && table.column(reminder).is_null(row)) return false;
        return is_task ? changes(task_field::status) || changes(task_field::activity_date) : changes(event_field::start);
    }

    Status write_updates(const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns) {
        const bool activities = batch_.object == standard_object::task || batch_.object == standard_object::event;
        std::vector<std::uint32_t> together;
        std::vector<RowIndex> together_rows;
        Status refused;
        for (RowIndex i = 0; i < rows.size(); ++i) {
            std::vector<FieldValue> changed = activities || alone_[i] ? changed_values(rows[i], i, columns) : std::vector<FieldValue>();
            if (alone_[i] || (activities && brings_others(rows[i], changed))) {
                if (changed.empty()) continue;
                auto outcome = editor_.perform(transaction_, UpdateRecord{{batch_.object, rows[i]}, std::move(changed)});
                if (outcome) continue;
                refused = fail(outcome.error());
                batch_.faults.push_back({to_update_[i], std::move(outcome).error()});
                continue;
            }
            together.push_back(i);
            together_rows.push_back(rows[i]);
        }
        if (!refused) return refused;   // what a command refuses may have been done in part: the caller begins again without these rows
        if (together.size() < rows.size())
            for (FieldColumn& column : columns) column.values = column.values.gather(together);
        return transaction_.update_many(batch_.object, std::move(together_rows), std::move(columns));
    }

    // The columns that change something, and every row that update_many would refuse the whole for.
    void fill_updates(const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns, std::vector<RowFault>& found) {
        const Records& records = transaction_.records();
        const Table& table = records.table(batch_.object);
        const auto sink = [&](RowIndex row, Error error) { found.push_back({row, std::move(error)}); };
        if (batch_.object == standard_object::lead)
            for (RowIndex i = 0; i < rows.size(); ++i)
                if (table.column(lead_field::is_converted).flags()[rows[i]] != 0)
                    sink(i, Error{ErrorCode::CannotUpdateConvertedLead, "error.converted_lead", {records.display_name({batch_.object, rows[i]})}, object().name, {}});
        changes_.assign(rows.size(), false);
        alone_.assign(rows.size(), false);
        for (const BuiltColumn& column : batch_.columns) {
            // What a record is known by stays as it is here, in whatever form it was found.
            if (is_record_id(column) || (column.field.external_id && batch_.plan->match_column == column.column)) continue;
            Column before = table.column(column.field.index).gather(rows);
            Column after = column.values.gather(to_update_);
            keep_where_empty(column, after, before);
            bool differs = false;
            for (RowIndex i = 0; i < rows.size(); ++i)
                if (!after.equal_at(i, before, i)) differs = changes_[i] = true;
            if (!differs) continue;
            // What a record has and the file leaves as it is isn't refused, though no person could give it any more.
            const auto changed_sink = [&](RowIndex i, Error error) {
                if (after.equal_at(i, before, i)) alone_[i] = true;
                else sink(i, std::move(error));
            };
            check_column(records, object(), column.field, after, 0, changed_sink, rows);
            if (column.field.required && column.field.type != FieldType::Checkbox)
                for (RowIndex i = 0; i < rows.size(); ++i)
                    if (after.is_null(i)) changed_sink(i, field_error(ErrorCode::RequiredFieldMissing, "error.required_field", object(), column.field));
            if (column.field.unique) find_doubles(rows, column.field, before, after, sink);
            find_cycles(rows, column.field, before, after, sink);
            columns.push_back({column.field.index, std::move(after)});
        }
        if (batch_.object == standard_object::event) {
            move_ends(rows, columns);
            check_event_times(records, rows, static_cast<std::uint32_t>(rows.size()), columns, sink);
        }
        const auto changed_sink = [&](RowIndex i, Error error) {
            const std::vector<FieldValue> changed = changed_values(rows[i], i, columns);
            if (std::ranges::any_of(changed, [&](const FieldValue& value) { return object().field(value.field).name == error.field; })) sink(i, std::move(error));
            else alone_[i] = true;
        };
        check_dependents(records, object(), rows, static_cast<std::uint32_t>(rows.size()), columns, changed_sink);
        if (batch_.object == standard_object::event) check_zones(columns, changed_sink);
        if (batch_.object == standard_object::lead) check_leads_taken(rows, columns, sink);
        check_together(records, batch_.object, rows, static_cast<std::uint32_t>(rows.size()), columns, sink);
        if (batch_.object == standard_object::opportunity) check_opportunity_columns(records, rows, columns, sink);
    }

    // A value that another row of the file brings along, or that a record has which this file doesn't touch. What stays
    // as it was has the older right to it.
    void find_doubles(const std::vector<RowIndex>& rows, const Field& field, const Column& before, const Column& after, const FaultSink& sink) {
        const Records& records = transaction_.records();
        EqualityIndex seen;
        const auto text_at = [&](RowIndex i) { return plain_text(after.get(i, field)); };
        for (RowIndex i = 0; i < rows.size(); ++i)
            if (!after.is_null(i) && after.equal_at(i, before, i)) seen.add(EqualityIndex::hash(text_at(i)), i);
        for (RowIndex i = 0; i < rows.size(); ++i) {
            if (after.is_null(i) || after.equal_at(i, before, i)) continue;
            const std::string text = text_at(i);
            RowIndex holder = no_row;
            bool is_double = false;
            seen.each(EqualityIndex::hash(text), [&](RowIndex other) { is_double = is_double || field.holds_same(text_at(other), text); });
            if (!is_double) seen.add(EqualityIndex::hash(text), i);
            for (const RowIndex other : records.find_equal(batch_.object, field.index, text, Records::Match::ByField))
                if (!is_double && !std::binary_search(rows.begin(), rows.end(), other)) {
                    is_double = true;
                    holder = other;
                }
            if (!is_double) continue;
            sink(i, duplicate_error(records, object(), field, text, holder));
        }
    }

    // Rows whose new parent stands below themselves.
    void find_cycles(const std::vector<RowIndex>& rows, const Field& field, const Column& before, const Column& after, const FaultSink& sink) {
        if (!field.standard || !field.is_lookup() || after.kind() != ColumnKind::Row || field.reference_to[0] != batch_.object) return;
        const Records& records = transaction_.records();
        const auto parents = records.table(batch_.object).column(field.index).rows();
        const auto parent_of = [&](RowIndex row) -> RowIndex {
            const auto changed = std::lower_bound(rows.begin(), rows.end(), row);
            if (changed != rows.end() && *changed == row) return after.rows()[static_cast<std::size_t>(changed - rows.begin())];
            return row < parents.size() ? parents[row] : no_row;
        };
        for (RowIndex i = 0; i < rows.size(); ++i) {
            if (after.equal_at(i, before, i)) continue;
            RowIndex above = parent_of(rows[i]);
            for (std::size_t steps = 0; above != no_row && above != rows[i] && steps < parents.size(); ++steps) above = parent_of(above);
            if (above == rows[i])
                sink(i, field_error(ErrorCode::FieldIntegrity, "error.cycle", object(), field, {records.display_name({batch_.object, rows[i]})}));
        }
    }

    // An end that the file doesn't give goes along with its start; one that it gives stays, also where it is as it was.
    void move_ends(const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns) const {
        const auto starts = std::ranges::find(columns, event_field::start, &FieldColumn::field);
        if (starts == columns.end()) return;
        const Table& table = transaction_.records().table(batch_.object);
        const auto given = std::ranges::find_if(batch_.columns, [](const BuiltColumn& column) { return column.field.index == event_field::end; });
        const auto changed = std::ranges::find(columns, event_field::end, &FieldColumn::field);
        Column ends = changed == columns.end() ? table.column(event_field::end).gather(rows) : changed->values;
        for (RowIndex i = 0; i < rows.size(); ++i)
            if (given == batch_.columns.end() || given->values.is_null(to_update_[i]))
                ends.mutable_int64()[i] = moved_end(table.column(event_field::start).instants()[rows[i]], starts->values.instants()[i], ends.instants()[i]);
        if (changed == columns.end()) columns.push_back({event_field::end, std::move(ends)});
        else changed->values = std::move(ends);
    }

    // A recurring event keeps the zone that it was made in.
    void complete_zones(std::uint32_t count, std::vector<FieldColumn>& columns) const {
        const auto rules = std::ranges::find(columns, event_field::recurrence, &FieldColumn::field);
        if (rules == columns.end()) return;
        const auto zones = std::ranges::find(columns, event_field::recurrence_zone, &FieldColumn::field);
        const std::string own = transaction_.context().clock->zone();
        Column made(ColumnKind::Text);
        for (RowIndex i = 0; i < count; ++i) {
            const std::string_view given = zones == columns.end() ? std::string_view() : zones->values.text(i);
            made.mutable_texts().push_back(given.empty() && !rules->values.is_null(i) ? std::string_view(own) : given);
        }
        if (zones == columns.end()) columns.push_back({event_field::recurrence_zone, std::move(made)});
        else zones->values = std::move(made);
    }

    void check_zones(const std::vector<FieldColumn>& columns, const FaultSink& sink) const {
        const auto zones = std::ranges::find(columns, event_field::recurrence_zone, &FieldColumn::field);
        if (zones == columns.end()) return;
        for (RowIndex i = 0; i < zones->values.size(); ++i)
            if (const std::string_view zone = zones->values.text(i); !zone.empty() && !transaction_.context().clock->zone_offset_minutes(zone, 0))
                sink(i, Error{ErrorCode::InvalidArgument, "error.unknown_zone", {std::string(zone)}, object().name, object().field(event_field::recurrence_zone).name});
    }

    // Out of a queue only its members take leads.
    void check_leads_taken(const std::vector<RowIndex>& rows, const std::vector<FieldColumn>& columns, const FaultSink& sink) const {
        const RecordRef user = transaction_.context().user;
        for (const FieldColumn& column : columns)
            for (RowIndex i = 0; column.field == system_field::owner && i < rows.size(); ++i)
                if (const Status may = check_taken(transaction_.records(), user, batch_.object, {rows[i]}, {{column.field, column.values.get(i, object().field(column.field))}}); !may)
                    sink(i, may.error());
    }

    // An empty cell changes nothing in a record that is there.
    void keep_where_empty(const BuiltColumn& column, Column& after, const Column& before) const {
        std::string scratch;
        for (RowIndex i = 0; i < after.size(); ++i) {
            const bool is_empty = column.for_new_only ? true : column.values.kind() == ColumnKind::Flag
                                      ? batch_.source->cell(to_update_[i], column.column, scratch).empty()
                                      : after.is_null(i);
            if (is_empty) after.set(i, before.get(i, column.field), column.field);
        }
    }

    Editor& editor_;
    Transaction& transaction_;
    ImportBatch& batch_;
    ImportReport& report_;
    const bool is_trial_;
    std::vector<std::uint32_t> to_make_, to_update_;
    std::vector<bool> changes_;   // by row to update: whether the file says anything new of it
    std::vector<bool> alone_;     // by row to update: holds what no column of many may bring, and only what changes is written
};

}  // namespace

bool makes_anything(const ImportBatch& batch) {
    return !batch.groups->empty() ||
           std::ranges::any_of(*batch.decisions, [](const ColumnDecisions& one) { return one.field_grew || (!one.field.is_lookup() && one.field.index == no_field); });
}

bool forget_unused(ImportBatch& batch, const Object& object) {
    bool any = false;
    for (ColumnDecisions& decided : *batch.decisions) {
        const bool is_multi = decided.field.type == FieldType::MultiselectPicklist;
        const auto built = std::ranges::find_if(batch.columns, [&](const BuiltColumn& one) { return one.column == decided.column && !one.field.is_lookup(); });
        if (!(decided.field_grew || (decided.field.index == no_field && (is_multi || decided.field.is_picklist()))) || built == batch.columns.end()) continue;
        std::vector<PicklistValue>& values = decided.field.values;
        const std::size_t known = decided.field.index == no_field ? 0 : object.field(decided.field.index).values.size();
        std::vector<bool> used(values.size() + 1, false);
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            if (batch.is_bad[row]) continue;
            if (!is_multi) used[built->values.codes()[row]] = true;
            else for (const std::string_view part : split(built->values.text(row), ';')) used[decided.field.find_code(part)] = true;
        }
        std::vector<std::uint16_t> code_of(values.size() + 1, 0);
        std::vector<PicklistValue> kept;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i >= known && !used[i + 1]) continue;
            kept.push_back(std::move(values[i]));
            code_of[i + 1] = static_cast<std::uint16_t>(kept.size());
        }
        any = any || kept.size() < code_of.size() - 1;
        values = std::move(kept);
        decided.field_grew = values.size() > known && decided.field.index != no_field;
        built->field = decided.field;
        if (!is_multi)
            for (std::uint16_t& code : built->values.mutable_codes()) code = code_of[code];
    }
    return any;
}

Result<CommandOutcome> commit_import(Editor& editor, Transaction& transaction, ImportBatch& batch, ImportReport& report, bool is_trial) {
    return Committer(editor, transaction, batch, report, is_trial).run();
}

}  // namespace outpost
