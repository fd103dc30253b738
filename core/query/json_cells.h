// Field values as JSON text, appended straight from the columns: no value or tree is made in between.
// Invariant: what is appended is one valid JSON value. Called by: run_to_json, columns_answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/query/access.h"
#include "core/query/query.h"

namespace outpost {

// A select term of one object's own field, ready to write for any of its records.
class JsonCell {
public:
    // `object`: where the field is; `term` gives its functions. A null `field` writes the object's API name.
    JsonCell(const Term& term, ObjectIndex object, const Field* field, const Records& records, const QueryContext& context);
    void append(std::string& out, RowIndex row) const;

private:
    void append_compound(std::string& out, RowIndex row) const;
    void append_date(std::string& out, std::int32_t day) const;
    void append_instant(std::string& out, std::int64_t instant) const;

    struct Part { std::string name; FieldIndex field; };
    const Records* records_;
    ObjectIndex object_;
    const Field* field_;
    const Column* column_;
    DateFunction function_;
    bool format_, convert_timezone_, labels_;
    QueryContext context_;
    ObjectIndex target_ = no_object;
    std::vector<std::string> codes_;  // picklists: each value as a JSON string
    std::vector<Part> parts_;         // compounds: street, city ...
};

void append_json_decimal(std::string& out, std::int64_t units, std::uint8_t scale);
void append_json_value(std::string& out, const Value& value, const Records& records);

}  // namespace outpost
