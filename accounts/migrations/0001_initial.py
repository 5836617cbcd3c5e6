import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='электронная почта')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='фамилия, имя, отчество')),
                ('is_active', models.BooleanField(default=True, verbose_name='может входить')),
                ('is_staff', models.BooleanField(default=False, verbose_name='входит в служебный раздел')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='демонстрационная запись')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='должен сменить пароль')),
                ('view_settings', models.JSONField(blank=True, default=dict, verbose_name='вид страниц')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='создана')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'человек',
                'verbose_name_plural': 'люди',
                'ordering': ['name', 'email'],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_lower', violation_error_message='Адрес почты хранится строчными буквами')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True, verbose_name='отпечаток ключа')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='создано')),
                ('expires_at', models.DateTimeField(verbose_name='действует до')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='использовано')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='отозвано')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто пригласил')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='кому')),
            ],
            options={
                'verbose_name': 'приглашение',
                'verbose_name_plural': 'приглашения',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='текст')),
                ('url_name', models.CharField(blank=True, max_length=100, verbose_name='страница')),
                ('url_args', models.JSONField(blank=True, default=list, verbose_name='параметры страницы')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='прочитано')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL, verbose_name='кому')),
            ],
            options={
                'verbose_name': 'уведомление',
                'verbose_name_plural': 'уведомления',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['recipient', '-created_at', '-id'], name='accounts_no_recipie_7ec29a_idx'), models.Index(condition=models.Q(('read_at', None)), fields=['recipient'], name='notification_unread')],
            },
        ),
    ]
