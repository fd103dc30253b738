// SeriesChange: one change of a series under way: of one of its occurrences, of those from it on, of all. Tells by a
// Status what can't be; the transaction takes back what was written before.
// Called by: series_edit.
#pragma once

#include "core/activity/series.h"
#include "core/edit/editor.h"
#include "core/objects/standard.h"

namespace outpost {

using Fields = std::vector<FieldValue>;

const FieldValue* find_value(const Fields& fields, FieldIndex field);   // null when it isn't among them
void put_value(Fields& fields, FieldIndex field, Value value);                // in the place of the one that is there
bool closes_task(const Records& records, const Fields& fields);

class SeriesChange {
public:
    // `given`, which must stay: what the command writes.
    SeriesChange(Transaction& transaction, Series series, Occurrence occurrence, const Fields& given)
        : transaction_(transaction), series_(std::move(series)), occurrence_(occurrence), given_(given),
          is_task_(series_.record.object == standard_object::task), clock_(*transaction.context().clock), all_day_(series_.all_day), zone_(series_.zone) {
        const FieldValue* turned = is_task_ ? nullptr : find_value(given, event_field::is_all_day);
        if (turned) all_day_ = turned->value == Value(true);
        if (series_.all_day && !all_day_) zone_ = clock_.zone();   // what lasts all day is of no zone
    }

    Status remove(OccurrenceScope scope);
    // The record that now holds what is given: the series, or what was made of an occurrence or of the rest.
    Result<RecordRef> update(OccurrenceScope scope);
    // The rule of a series of which the start alone is changed, where it goes along, what was left out of it too.
    std::optional<Recurrence> moved_along() const;

private:
    const Records& records() const { return transaction_.records(); }
    FieldIndex rule_field() const { return is_task_ ? task_field::recurrence : event_field::recurrence; }
    FieldIndex reminder_field() const { return is_task_ ? task_field::reminder : event_field::reminder; }
    FieldIndex series_field() const { return is_task_ ? task_field::series : event_field::series; }
    bool is_first() const { return next_occurrence(series_.rule, series_.start.day, series_.start.day) == occurrence_.day; }
    bool begins_here() const { return count_occurrences_before(series_.rule, series_.start.day, occurrence_.day) == 0; }

    Fields copied() const;
    void put_times(Fields& fields, Milliseconds start, Milliseconds end) const;
    Milliseconds instant_of(WallTime start) const;
    Milliseconds first_start() const;
    Milliseconds given_start() const;
    void put_given(Fields& fields) const;
    Status write(const Fields& fields) { return transaction_.update(series_.record.object, {series_.record.row}, fields); }
    Status write_rule(const Recurrence& rule) { return write({{rule_field(), Value(to_text(rule))}}); }
    Status leave_out();
    Status end_before();
    Status advance(Days next);
    std::vector<RowIndex> later_records() const;
    Recurrence until_its_day(Recurrence rule) const;
    Result<Recurrence> moved(Recurrence rule, Days to, Days& start) const;
    Result<RecordRef> update_this();
    Result<RecordRef> update_following();
    Result<RecordRef> update_all();
    Milliseconds given_instant(FieldIndex field, Milliseconds otherwise) const;
    WallTime new_start() const;

    Transaction& transaction_;
    Series series_;
    Occurrence occurrence_;
    const Fields& given_;
    bool is_task_;
    Clock& clock_;
    bool all_day_;       // as the change has it
    std::string zone_;   // the same
};

}  // namespace outpost
