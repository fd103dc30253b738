#include "core/edit/initial_records.h"

#include "core/objects/standard.h"

namespace outpost {

void create_initial_records(Editor& editor, const std::string& user_name, const std::string& organization_name) {
    auto made = editor.run(std::string(first_records_label), {}, EditOrigin::User, [&](Transaction& transaction) -> Result<CommandOutcome> {
        CommandOutcome outcome;
        OUTPOST_TRY(const RecordRef user, transaction.create(standard_object::user, {{user_field::last_name, user_name}}, true));
        OUTPOST_TRY(const RecordRef organization,
                    transaction.create(standard_object::organization, {{system_field::name, organization_name}}, true));
        outcome.created = {user, organization};
        return outcome;
    });
    OUTPOST_ASSERT(made.has_value());
    editor.set_user(made->created[0]);
}

}  // namespace outpost
