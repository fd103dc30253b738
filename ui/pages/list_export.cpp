#include "ui/pages/list_export.h"

#include <utility>

#include "core/transfer/export_csv.h"

namespace outpost {

void export_rows(Context& context, const Object& object, const std::vector<ListColumn>& columns, std::vector<RowIndex> rows) {
    std::vector<FieldIndex> fields;
    for (const ListColumn& column : columns)
        if (object.field(column.field).column_kind() != ColumnKind::None) fields.push_back(column.field);
    context.later([&context, index = object.index, name = object.name, fields = std::move(fields), rows = std::move(rows)] {
        context.browser().save_file(name + "-" + days_to_text(context.today()) + ".csv", "text/csv", export_csv(context.records(), index, fields, rows, context.messages()));
        context.toast(context.count_text("ui.list.exported", rows.size()));
    });
}

}  // namespace outpost
