import { useParams } from '@tanstack/react-router';
import { RoleList } from './role-list.tsx';
import { RolePage } from './role-page.tsx';

/** The list of roles, or one of them (`/settings/roles/$role`). */
export function Roles() {
  const { role } = useParams({ strict: false });
  return role === undefined ? <RoleList /> : <RolePage key={role} named={role} />;
}
