// Address editor: street, city, state, postal code and country of one compound address, or latitude and longitude of a
// location, edited in place on the record page and saved together as one command.
// Invariant: nothing is saved before Save, and then only the parts that changed. Called by: record_page.
#pragma once

#include <memory>
#include <vector>

#include "ui/pages/field_editor.h"

namespace outpost {

class AddressEditor {
public:
    AddressEditor(Context& context, RecordRef record, const Field& compound);
    FieldIndex field() const { return compound_; }
    bool is_touched() const;
    // Draws it; false once it is saved or given up.
    bool draw(Context& context, const Object& object);

private:
    void save(Context& context, const Object& object);

    RecordRef record_;
    FieldIndex compound_;
    std::vector<FieldDraft> parts_;
    bool begins_ = true, saving_ = false, over_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace outpost
