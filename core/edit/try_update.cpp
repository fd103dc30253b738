#include "core/edit/try_update.h"

#include "core/edit/queue_members.h"
#include "core/objects/standard.h"

namespace outpost {
namespace {

constexpr int trials_max = 256;   // bounds what a search for the ones that refuse may cost

struct Search {
    Editor& editor;
    ObjectIndex object;
    const std::vector<FieldValue>& fields;
    UpdateTrial& out;
    int trials = 0;

    Status attempt(const std::vector<RowIndex>& rows) {
        Status status;
        ++trials;
        static_cast<void>(editor.run({}, {}, EditOrigin::User, [&](Transaction& transaction) -> Result<CommandOutcome> {
            status = check_taken(transaction.records(), transaction.context().user, object, rows, fields);
            if (status) status = transaction.update(object, rows, fields);
            return fail(ErrorCode::Cancelled, "import.cancelled");   // taken back, whatever came out
        }));
        return status;
    }

    void run(const std::vector<RowIndex>& rows) {
        if (rows.empty()) return;
        Status status = attempt(rows);
        if (status) {
            out.changing.insert(out.changing.end(), rows.begin(), rows.end());
        } else if (rows.size() == 1 || trials >= trials_max) {
            for (const RowIndex row : rows) out.refused.emplace_back(row, status.error());
        } else {
            const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
            run({rows.begin(), middle});
            run({middle, rows.end()});
        }
    }
};

bool has_all(const Records& records, RecordRef record, const std::vector<FieldValue>& fields) {
    for (const FieldValue& field : fields)
        if (records.value(record, field.field) != field.value) return false;
    return true;
}

}  // namespace

UpdateTrial try_update(Editor& editor, const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, const std::vector<FieldValue>& fields) {
    UpdateTrial out;
    Search search{editor, object, fields, out};
    // Converted leads are known beforehand: one by one they would use up the trials.
    std::vector<RowIndex> asked, converted;
    for (const RowIndex row : rows) {
        if (has_all(records, {object, row}, fields)) out.same.push_back(row);
        else if (object == standard_object::lead && records.table(object).column(lead_field::is_converted).flags()[row] != 0) converted.push_back(row);
        else asked.push_back(row);
    }
    if (!converted.empty())
        if (Status status = search.attempt({converted[0]}); !status)
            for (const RowIndex row : converted) out.refused.emplace_back(row, status.error());
    search.run(asked);
    return out;
}

}  // namespace outpost
